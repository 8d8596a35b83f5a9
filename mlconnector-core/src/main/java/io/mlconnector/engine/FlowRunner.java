package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a flow: settles what an earlier process left, replays what was parked, and then goes page by page from the
 * source to the sink. The position moves over a page only when every record of it is settled. For one thread.
 */
final class FlowRunner<T extends BusinessRecord> {

    private static final int KEYS_AT_ONCE = 500;

    private final Flow<T> flow;
    private final RunWork work;
    private final Source<T> source;
    private final Ledger ledger;
    private final Lease lease;
    private final Surroundings surroundings;
    private final SyncListener listener;
    private final Runnable beforehand;
    private final RecordPath<T> path;
    private final boolean twoWay;
    private final Books books = new Books();

    FlowRunner(
            Flow<T> flow,
            RunWork work,
            Source<T> source,
            Sink<T> sink,
            Ledger ledger,
            Lease lease,
            Surroundings surroundings,
            SyncListener listener,
            @Nullable TwoWay<T> twoWay,
            Runnable beforehand) {
        this.flow = flow;
        this.work = work;
        this.source = source;
        this.ledger = ledger;
        this.lease = lease;
        this.surroundings = surroundings;
        this.listener = listener;
        this.beforehand = beforehand;
        this.path = new RecordPath<>(flow, work, source, sink, ledger, lease, surroundings, twoWay, books);
        this.twoWay = twoWay != null;
    }

    /** Replays what was parked, then reads from the source to its end. */
    FlowReport pass() {
        return run(() -> {
            replayer().replayParked();
            readToTheEnd();
        });
    }

    /** Replays letters that a person picked. */
    FlowReport replay(List<RecordKey> keys) {
        return run(() -> replayer().replay(keys));
    }

    /** Replays letters that meet a condition. */
    FlowReport replay(Predicate<Letter> which) {
        return run(() -> replayer().replay(which));
    }

    /** Takes up the present state of single records. */
    FlowReport refresh(List<String> ids) {
        return run(() -> {
            var candidates = new ArrayList<Candidate<T>>();
            var malformed = new ArrayList<Malformed>();
            for (String id : ids) {
                refresh(flow.source().key(id), candidates, malformed);
            }
            path.settleAll(candidates, malformed);
        });
    }

    private void refresh(RecordKey key, List<Candidate<T>> candidates, List<Malformed> malformed) {
        Optional<Change<T>> fetched;
        try {
            fetched = RunWork.about(key, () -> source.fetch(key.id()));
        } catch (MappingException e) {
            malformed.add(new Malformed(key, "", e.faults()));
            books.polled(1, 0);
            return;
        }
        int before = candidates.size() + malformed.size();
        var taken = new ArrayList<Candidate<T>>(1);
        path.take(fetched.orElseGet(() -> Change.delete(key)), taken, malformed);
        int earlierAttempts = ledger.lookUp(tx -> tx.deadLetters().find(flow.name(), key))
                .map(Letter::attempts)
                .orElse(0);
        taken.forEach(candidate -> candidates.add(candidate.again(earlierAttempts)));
        books.polled(1, candidates.size() + malformed.size() == before ? 1 : 0);
    }

    /** Writes what a plan says, and leaves out what has changed since. The position stays where it is. */
    AppliedPlan apply(Plan plan) {
        var leftOut = new ArrayList<RecordKey>();
        FlowReport report =
                run(() -> leftOut.addAll(new PlanApplier<>(flow, source, path, books).apply(plan.changes())));
        return new AppliedPlan(report, leftOut);
    }

    /** Sends a write in doubt again, because a person said so. */
    FlowReport writeAgain(RecordKey source) {
        Intent intent = ledger.read(tx -> DoubtDesk.find(tx, flow.name(), source));
        return run(() -> path.writeAgain(intent));
    }

    private Replayer<T> replayer() {
        return new Replayer<>(flow, source, ledger, surroundings.clock(), path, books, twoWay);
    }

    private FlowReport run(Runnable steps) {
        return work.named(() -> {
            listener.runStarted(flow.name(), work.run());
            FlowReport report;
            try {
                report = reported(steps);
            } catch (RuntimeException | Error e) {
                listener.runEnded(books.report(flow.name(), work.run(), "died of " + e));
                throw e;
            }
            listener.runEnded(report);
            return report;
        });
    }

    private FlowReport reported(Runnable steps) {
        Observer.Ending ending = work.observer().run(flow.name(), work.run());
        String failure = null;
        try (path) {
            beforehand.run();
            path.recover();
            steps.run();
            ending.ended("ok", null);
        } catch (MlConnectorException e) {
            ending.failed(e);
            surroundings.log().warn("flow {} stops: {}", flow.name(), e.getMessage());
            failure = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (RuntimeException e) {
            ending.failed(e);
            if (e.getCause() instanceof Error) {
                throw e;
            }
            surroundings.log().error("flow {} stops by a defect", flow.name(), e);
            failure = "unexpected " + e;
        }
        return books.report(flow.name(), work.run(), failure);
    }

    /** Settles what an earlier run left open, and closes this runner. */
    void recoverOnly() {
        work.named(() -> {
            try (path) {
                path.recover();
            }
            return work;
        });
    }

    private void readToTheEnd() {
        Position position = ledger.lookUp(tx -> tx.positions().position(flow.name()));
        SeenKeys seen = source.listsEverything() && position.isStart() ? new SeenKeys() : null;
        try (PageAhead<T> pages = new PageAhead<>(
                flow.name(), from -> work.page(() -> source.poll(from)), position, surroundings.workers())) {
            boolean last = false;
            while (!last) {
                Page<T> page = pages.next();
                last = page.last();
                listener.pageRead(new PageRead(flow.name(), work.run(), page.size(), last, newest(page.changes())));
                if (seen != null) {
                    page.changes().forEach(change -> seen.add(change.key().id()));
                    page.malformed().forEach(record -> seen.add(record.key().id()));
                }
                if (!page.next().equals(position) || !page.notes().changes().isEmpty()) {
                    var move = new Move(page);
                    settlePage(page, move);
                    move.finish();
                    position = page.next();
                } else {
                    settlePage(page, null);
                }
                listener.pageSettled(books.report(flow.name(), work.run(), null));
                if (!last) {
                    surroundings.refuseWhileDraining();
                }
            }
        }
        if (seen != null) {
            removeUnlisted(seen);
        }
    }

    /** The age of the change that is the newest by the clock of its system. */
    private static @Nullable Duration newest(List<? extends Change<?>> changes) {
        Change<?> newest = null;
        for (Change<?> change : changes) {
            Instant at = change.modifiedAt();
            if (at != null && (newest == null || at.isAfter(requireNonNull(newest.modifiedAt())))) {
                newest = change;
            }
        }
        return newest == null ? null : newest.age().orElse(null);
    }

    /** After a scan that came to its end: what has a link and was not listed is gone. */
    private void removeUnlisted(SeenKeys seen) {
        if (seen.isEmpty()) {
            surroundings.log().warn("flow {} removes nothing, because its scan listed no record at all", flow.name());
            return;
        }
        String after = "";
        while (true) {
            String from = after;
            List<RecordKey> linked =
                    ledger.lookUp(tx -> tx.mappings().linked(flow.source(), flow.target(), from, KEYS_AT_ONCE));
            if (linked.isEmpty()) {
                return;
            }
            after = linked.get(linked.size() - 1).id();
            path.settleAll(
                    linked.stream()
                            .filter(key -> !seen.contains(key.id()))
                            .map(key -> Candidate.read(Change.<T>delete(key)))
                            .toList(),
                    List.of());
        }
    }

    private void settlePage(Page<T> page, @Nullable Move move) {
        var malformed = new ArrayList<>(page.malformed());
        var candidates = new ArrayList<Candidate<T>>(page.changes().size());
        page.changes().forEach(change -> path.take(change, candidates, malformed));
        int filtered = page.size() - candidates.size() - malformed.size();
        books.polled(page.size(), filtered);
        path.settleAll(candidates, malformed, move);
    }

    /** Moves the position over a page: along with its last settlement if that settles all of it, and otherwise by itself. */
    private final class Move implements Settler.Along {

        private final Page<T> page;
        private boolean done;

        Move(Page<T> page) {
            this.page = page;
        }

        @Override
        public void write(LedgerTransaction tx) {
            tx.positions().save(flow.name(), page.next());
            if (!page.notes().changes().isEmpty()) {
                tx.positions().save(flow.name(), page.notes());
            }
        }

        @Override
        public void committed() {
            done = true;
        }

        void finish() {
            if (!done) {
                ledger.inTransaction(lease, tx -> {
                    write(tx);
                    return page;
                });
            }
            source.settled(page.next());
        }
    }
}
