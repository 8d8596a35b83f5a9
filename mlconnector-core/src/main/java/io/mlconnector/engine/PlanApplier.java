package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a plan says, and leaves out what has changed since. For one thread. */
final class PlanApplier<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final Source<T> source;
    private final RecordPath<T> path;
    private final Books books;

    PlanApplier(Flow<T> flow, Source<T> source, RecordPath<T> path, Books books) {
        this.flow = flow;
        this.source = source;
        this.path = path;
        this.books = books;
    }

    /** Returns what was left out. */
    List<RecordKey> apply(List<PlannedChange> changes) {
        var leftOut = new ArrayList<RecordKey>();
        for (int from = 0; from < changes.size(); from += flow.batch()) {
            applyBatch(changes.subList(from, Math.min(from + flow.batch(), changes.size())), leftOut);
        }
        return leftOut;
    }

    private void applyBatch(List<PlannedChange> changes, List<RecordKey> leftOut) {
        var candidates = new ArrayList<Candidate<T>>();
        for (PlannedChange change : changes) {
            current(change).ifPresent(candidates::add);
        }
        Map<RecordKey, Planned<T>> now = new HashMap<>();
        path.plan(candidates)
                .found()
                .forEach(planned -> now.put(planned.candidate().key(), planned));
        var same = new ArrayList<Planned<T>>();
        for (PlannedChange change : changes) {
            Planned<T> planned = now.get(change.source());
            if (planned != null && planned.writes() && PlannedChange.of(planned).equals(change)) {
                same.add(planned);
                books.read(planned.candidate().money());
            } else {
                leftOut.add(change.source());
            }
        }
        path.writeAll(same, null);
    }

    private Optional<Candidate<T>> current(PlannedChange planned) {
        Optional<Change<T>> fetched;
        try {
            fetched = source.fetch(planned.source().id());
        } catch (MappingException e) {
            return Optional.empty();
        }
        if (planned.action() == Action.REMOVE) {
            return fetched.isEmpty() || fetched.get().isDelete()
                    ? Optional.of(Candidate.read(Change.delete(planned.source())))
                    : Optional.empty();
        }
        return fetched.filter(change -> change.record() != null && flow.accepts(change.record()))
                .map(change -> Candidate.read(change.withRecord(flow.transformed(requireNonNull(change.record())))));
    }
}
