package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads like a run and writes nothing. */
final class Foresight<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final Source<T> source;
    private final Ledger ledger;
    private final @Nullable TwoWay<T> twoWay;
    private final int maxBatch;
    private final Workers workers;

    Foresight(
            Flow<T> flow, Source<T> source, Ledger ledger, @Nullable TwoWay<T> twoWay, int maxBatch, Workers workers) {
        this.flow = flow;
        this.source = source;
        this.ledger = ledger;
        this.twoWay = twoWay;
        this.maxBatch = maxBatch;
        this.workers = workers;
    }

    Plan plan() {
        var changes = new ArrayList<PlannedChange>();
        var malformed = new ArrayList<Malformed>();
        long read = 0;
        long held = 0;
        Planner<T> planner = new Planner<>(flow, ledger, twoWay);
        Position position = ledger.lookUp(tx -> tx.positions().position(flow.name()));
        try (PageAhead<T> pages = new PageAhead<>(flow.name(), source, position, workers)) {
            boolean last = false;
            while (!last) {
                Page<T> page = pages.next();
                last = page.last();
                malformed.addAll(page.malformed());
                List<Candidate<T>> candidates = candidates(page);
                read += candidates.size() + page.malformed().size();
                for (Planned<T> planned : planner.plan(candidates).found()) {
                    if (planned.writes()) {
                        changes.add(PlannedChange.of(planned));
                    } else if (planned.step() == Planned.Step.HOLD || planned.step() == Planned.Step.PARK) {
                        held++;
                    }
                }
            }
        }
        long calls = (changes.size() + maxBatch - 1L) / maxBatch;
        return new Plan(flow.name(), read, changes, held, malformed, calls);
    }

    private List<Candidate<T>> candidates(Page<T> page) {
        var candidates = new ArrayList<Candidate<T>>();
        for (Change<T> change : page.changes()) {
            T record = change.record();
            if (record == null) {
                candidates.add(Candidate.read(change));
            } else if (flow.accepts(record)) {
                candidates.add(Candidate.read(change.withRecord(flow.transformed(record))));
            }
        }
        return candidates;
    }
}
