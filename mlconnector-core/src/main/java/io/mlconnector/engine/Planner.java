package io.mlconnector.engine;

import io.mlconnector.engine.Planned.Step;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of a page with what was last written, and decides what is to be done. One query for the whole
 * page. For one thread.
 */
final class Planner<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final Ledger ledger;
    private final @Nullable TwoWay<T> twoWay;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    /** Without an opposite flow, the flow goes one way. */
    Planner(Flow<T> flow, Ledger ledger, @Nullable TwoWay<T> twoWay) {
        this.flow = flow;
        this.ledger = ledger;
        this.twoWay = twoWay;
    }

    List<Planned<T>> plan(List<Candidate<T>> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        Endpoint target = flow.target();
        List<RecordKey> keys = page.stream().map(Candidate::key).distinct().toList();
        Map<RecordKey, Known> known = ledger.lookUp(tx -> tx.mappings().known(flow.name(), target, keys));

        var planned = new ArrayList<Planned<T>>(page.size());
        Set<RecordKey> later = new HashSet<>();
        for (int i = page.size() - 1; i >= 0; i--) {
            Candidate<T> candidate = page.get(i);
            Known knowledge = known.getOrDefault(candidate.key(), Known.NOTHING);
            planned.add(
                    later.add(candidate.key())
                            ? decide(candidate, knowledge)
                            : decided(candidate, Step.NOTHING, Fingerprint.none(), Known.NOTHING));
        }
        Collections.reverse(planned);
        return twoWay == null ? planned : twoWay.refine(planned);
    }

    private Planned<T> decide(Candidate<T> candidate, Known known) {
        T record = candidate.change().record();
        Fingerprint fingerprint = record == null ? Fingerprint.none() : fingerprinter.of(record);
        boolean sameAsHeld = known.held() != null && known.heldFingerprint() == fingerprint.whole();
        if (known.held() == Known.Held.IN_DOUBT || (sameAsHeld && !candidate.replayed())) {
            return decided(candidate, Step.HOLD, fingerprint, known);
        }
        Link link = known.link();
        if (record == null) {
            boolean remove = link != null && flow.deletes() == Flow.Deletes.REMOVE;
            return decided(candidate, remove ? Step.REMOVE : Step.NOTHING, fingerprint, known);
        }
        if (link == null) {
            return decided(candidate, Step.CREATE, fingerprint, known);
        }
        if (link.fingerprint().whole() == fingerprint.whole()) {
            return decided(candidate, Step.NOTHING, fingerprint, known);
        }
        return Planned.of(candidate, Step.UPDATE, fingerprint, known, fingerprint.changedSince(link.fingerprint()));
    }

    private Planned<T> decided(Candidate<T> candidate, Step step, Fingerprint fingerprint, Known known) {
        return Planned.of(candidate, step, fingerprint, known, Set.of());
    }
}
