package io.mlconnector.engine;

import io.mlconnector.engine.Planned.Step;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Link;
import java.util.ArrayList;
import java.util.BitSet;
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
    private final PageKeys seen = new PageKeys();

    /** Without an opposite flow, the flow goes one way. */
    Planner(Flow<T> flow, Ledger ledger, @Nullable TwoWay<T> twoWay) {
        this.flow = flow;
        this.ledger = ledger;
        this.twoWay = twoWay;
    }

    Plans<T> plan(List<Candidate<T>> page) {
        if (page.isEmpty()) {
            return new Plans<>(List.of(), List.of());
        }
        var latest = new BitSet(page.size());
        List<RecordKey> keys = latestOf(page, latest);
        Map<RecordKey, Known> known = ledger.lookUp(tx -> tx.mappings().known(flow.name(), flow.target(), keys));

        var found = new ArrayList<Planned<T>>();
        var untouched = new ArrayList<Candidate<T>>(page.size());
        for (int i = 0; i < page.size(); i++) {
            Candidate<T> candidate = page.get(i);
            Planned<T> planned =
                    latest.get(i) ? decide(candidate, known.getOrDefault(candidate.key(), Known.NOTHING)) : null;
            if (planned == null) {
                untouched.add(candidate);
            } else {
                found.add(planned);
            }
        }
        return new Plans<>(twoWay == null ? found : twoWay.refine(found), untouched);
    }

    /** Marks the last change of each record, and returns the keys. */
    private List<RecordKey> latestOf(List<Candidate<T>> page, BitSet latest) {
        var keys = new ArrayList<RecordKey>(page.size());
        seen.clear(page.size());
        for (int i = page.size() - 1; i >= 0; i--) {
            RecordKey key = page.get(i).key();
            if (seen.add(key)) {
                keys.add(key);
                latest.set(i);
            }
        }
        return keys;
    }

    /** Decides by the hashes of whole records; those of the fields are looked at where something has changed. */
    private @Nullable Planned<T> decide(Candidate<T> candidate, Known known) {
        T record = candidate.change().record();
        long whole = record == null ? Fingerprint.none().whole() : fingerprinter.hash(record);
        boolean sameAsHeld = known.held() != null && known.heldFingerprint() == whole;
        if (known.held() == Known.Held.IN_DOUBT || (sameAsHeld && !candidate.replayed())) {
            return decided(candidate, Step.HOLD, known);
        }
        Link link = known.link();
        boolean needed = record == null
                ? link != null && flow.deletes() == Flow.Deletes.REMOVE
                : link == null || link.fingerprint().whole() != whole;
        if (!needed) {
            return known.held() == null ? null : decided(candidate, Step.NOTHING, known);
        }
        return record == null
                ? decided(candidate, Step.REMOVE, known)
                : link == null ? decided(candidate, Step.CREATE, known) : update(candidate, known, link);
    }

    private Planned<T> update(Candidate<T> candidate, Known known, Link link) {
        Fingerprint fingerprint = fingerprinter.hashed();
        return Planned.of(candidate, Step.UPDATE, fingerprint, known, fingerprint.changedSince(link.fingerprint()));
    }

    private Planned<T> decided(Candidate<T> candidate, Step step, Known known) {
        boolean gone = candidate.change().record() == null;
        return Planned.of(candidate, step, gone ? Fingerprint.none() : fingerprinter.hashed(), known, Set.of());
    }
}
