package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a flow: settles what an earlier process left, replays what was parked, and then goes page by page from the
 * source to the sink. The position moves over a page only when every record of it is settled. For one thread.
 */
final class FlowRunner<T extends BusinessRecord> {

    private static final int KEYS_AT_ONCE = 500;

    /** On a two-way flow a conflict is planned anew instead, because the other side's change must not be overwritten. */
    private static final int CONFLICT_ROUNDS = 3;

    private final Flow<T> flow;
    private final String run;
    private final Source<T> source;
    private final Ledger ledger;
    private final Lease lease;
    private final Surroundings surroundings;
    private final SyncListener listener;
    private final Runnable beforehand;
    private final Planner<T> planner;
    private final Effects<T> effects;
    private final Writer<T> writer;
    private final Resolver<T> resolver;
    private final Settler<T> settler;
    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final Books books = new Books();

    FlowRunner(
            Flow<T> flow,
            String run,
            Source<T> source,
            Sink<T> sink,
            Ledger ledger,
            Lease lease,
            Surroundings surroundings,
            SyncListener listener,
            @Nullable TwoWay<T> twoWay,
            Runnable beforehand) {
        this.flow = flow;
        this.run = run;
        this.source = source;
        this.ledger = ledger;
        this.lease = lease;
        this.surroundings = surroundings;
        this.listener = listener;
        this.beforehand = beforehand;
        this.planner = new Planner<>(flow, ledger, twoWay);
        this.effects = new Effects<>(flow, ledger, surroundings.clock());
        this.writer =
                new Writer<>(flow, sink, () -> ledger.check(lease), surroundings, twoWay == null ? CONFLICT_ROUNDS : 1);
        this.resolver = new Resolver<>(sink, writer, surroundings);
        this.settler =
                new Settler<>(flow, run, ledger, lease, surroundings.clock(), source.lineage(), sink.lineage(), twoWay);
    }

    /** Replays what was parked, then reads from the source to its end. */
    FlowReport pass() {
        return run(() -> {
            replayParked();
            readToTheEnd();
        });
    }

    /** Replays letters that a person picked. */
    FlowReport replay(List<RecordKey> keys) {
        return run(() -> replayLetters(ledger.read(tx -> keys.stream()
                .flatMap(key -> tx.deadLetters().find(flow.name(), key).stream())
                .toList())));
    }

    /** Replays letters that meet a condition. */
    FlowReport replay(Predicate<Letter> which) {
        return run(() -> {
            for (Letter.Kind kind : Letter.Kind.values()) {
                replayAll(kind, letters -> letters.stream().filter(which).toList());
            }
        });
    }

    /** Takes up the present state of single records. */
    FlowReport refresh(List<String> ids) {
        return run(() -> {
            var candidates = new ArrayList<Candidate<T>>();
            var malformed = new ArrayList<Malformed>();
            for (String id : ids) {
                refresh(flow.source().key(id), candidates, malformed);
            }
            settleAll(candidates, malformed);
        });
    }

    private void refresh(RecordKey key, List<Candidate<T>> candidates, List<Malformed> malformed) {
        Optional<Change<T>> fetched;
        try {
            fetched = source.fetch(key.id());
        } catch (MappingException e) {
            malformed.add(new Malformed(key, "", e.faults()));
            books.polled(1, 0);
            return;
        }
        int before = candidates.size() + malformed.size();
        var taken = new ArrayList<Candidate<T>>(1);
        take(fetched.orElseGet(() -> Change.delete(key)), taken, malformed);
        int earlierAttempts = ledger.lookUp(tx -> tx.deadLetters().find(flow.name(), key))
                .map(Letter::attempts)
                .orElse(0);
        taken.forEach(candidate -> candidates.add(new Candidate<>(candidate.change(), true, earlierAttempts)));
        books.polled(1, candidates.size() + malformed.size() == before ? 1 : 0);
    }

    /** Writes what a plan says, and leaves out what has changed since. The position stays where it is. */
    AppliedPlan apply(Plan plan) {
        var leftOut = new ArrayList<RecordKey>();
        FlowReport report = run(() -> {
            List<PlannedChange> changes = plan.changes();
            for (int from = 0; from < changes.size(); from += flow.batch()) {
                applyBatch(changes.subList(from, Math.min(from + flow.batch(), changes.size())), leftOut);
            }
        });
        return new AppliedPlan(report, leftOut);
    }

    private void applyBatch(List<PlannedChange> changes, List<RecordKey> leftOut) {
        var candidates = new ArrayList<Candidate<T>>();
        for (PlannedChange change : changes) {
            current(change).ifPresent(candidates::add);
        }
        Map<RecordKey, Planned<T>> now = new HashMap<>();
        planner.plan(candidates)
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
        writeAll(same, null);
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

    /** Sends a write in doubt again, because a person said so. */
    FlowReport writeAgain(RecordKey source) {
        Intent intent = ledger.read(tx -> DoubtDesk.find(tx, flow.name(), source));
        return run(() -> {
            List<Effect<T>> batch = effects.ofIntents(List.of(intent.reopened()));
            books.replayed(1);
            books.read(batch.get(0).money());
            writeBatch(batch, null);
        });
    }

    private FlowReport run(Runnable work) {
        listener.runStarted(flow.name(), run);
        String failure = null;
        try (writer) {
            beforehand.run();
            recover();
            work.run();
        } catch (MlConnectorException e) {
            surroundings.log().warn("flow {} stops: {}", flow.name(), e.getMessage());
            failure = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Error) {
                throw e;
            }
            surroundings.log().error("flow {} stops by a defect", flow.name(), e);
            failure = "unexpected " + e;
        }
        FlowReport report = books.report(flow.name(), run, failure);
        listener.runEnded(report);
        return report;
    }

    /** Settles what an earlier run left open, and closes this runner. */
    void recoverOnly() {
        try (writer) {
            recover();
        }
    }

    private void recover() {
        List<Intent> open = ledger.lookUp(tx -> tx.intents().open(flow.name()));
        if (open.isEmpty()) {
            return;
        }
        surroundings.log().info("flow {} looks up {} writes that an earlier run left open", flow.name(), open.size());
        List<Effect<T>> left = effects.ofIntents(open);
        for (int from = 0; from < left.size(); from += flow.batch()) {
            List<Effect<T>> batch = left.subList(from, Math.min(from + flow.batch(), left.size()));
            resolver.resolve(batch);
            settler.settle(batch);
            batch.forEach(effect -> books.recovered());
        }
    }

    private void replayParked() {
        replayAll(Letter.Kind.PARKED, this::due);
    }

    private void replayAll(Letter.Kind kind, UnaryOperator<List<Letter>> which) {
        String after = "";
        while (true) {
            String from = after;
            List<Letter> letters = ledger.lookUp(tx -> tx.deadLetters().list(flow.name(), kind, from, KEYS_AT_ONCE));
            if (letters.isEmpty()) {
                return;
            }
            after = letters.get(letters.size() - 1).source().id();
            replayLetters(which.apply(letters));
        }
    }

    /** Those whose awaited record has a link now, and those whose time has come. */
    private List<Letter> due(List<Letter> parked) {
        List<RecordKey> awaited = parked.stream()
                .flatMap(letter -> Stream.ofNullable(letter.awaited()))
                .distinct()
                .toList();
        Map<RecordKey, ?> linked =
                ledger.lookUp(tx -> tx.mappings().resolve(flow.target().connection(), awaited));
        Instant now = surroundings.clock().instant();
        return parked.stream()
                .filter(letter -> {
                    Instant retryAt = letter.retryAt();
                    return (retryAt != null && !retryAt.isAfter(now))
                            || (letter.awaited() != null && linked.containsKey(letter.awaited()));
                })
                .toList();
    }

    private void replayLetters(List<Letter> letters) {
        var candidates = new ArrayList<Candidate<T>>();
        var malformed = new ArrayList<Malformed>();
        for (Letter letter : letters) {
            if (letter.readable()) {
                candidates.add(stored(letter));
                continue;
            }
            try {
                source.fetch(letter.source().id())
                        .ifPresent(change -> candidates.add(new Candidate<>(change, true, letter.attempts())));
            } catch (MappingException e) {
                malformed.add(new Malformed(letter.source(), letter.payload(), e.faults()));
            }
        }
        books.replayed(candidates.size() + malformed.size());
        settleAll(candidates, malformed);
    }

    private Candidate<T> stored(Letter letter) {
        Change<T> change = letter.payload().isEmpty()
                ? Change.delete(letter.source())
                : Change.upsert(RecordCodec.decode(letter.payload(), flow.type()), null, letter.version());
        return new Candidate<>(change, true, letter.attempts());
    }

    private void readToTheEnd() {
        Position position = ledger.lookUp(tx -> tx.positions().position(flow.name()));
        SeenKeys seen = source.listsEverything() && position.isStart() ? new SeenKeys() : null;
        try (PageAhead<T> pages = new PageAhead<>(flow.name(), source, position, surroundings.workers())) {
            boolean last = false;
            while (!last) {
                Page<T> page = pages.next();
                last = page.last();
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
                listener.pageSettled(books.report(flow.name(), run, null));
            }
        }
        if (seen != null) {
            removeUnlisted(seen);
        }
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
            settleAll(
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
        page.changes().forEach(change -> take(change, candidates, malformed));
        int filtered = page.size() - candidates.size() - malformed.size();
        books.polled(page.size(), filtered);
        settleAll(candidates, malformed, move);
    }

    /** Filters and transforms one record; a step of the user's that throws makes it malformed. */
    private void take(Change<T> change, List<Candidate<T>> candidates, List<Malformed> malformed) {
        T record = change.record();
        if (record == null) {
            candidates.add(Candidate.read(change));
            return;
        }
        try {
            if (flow.accepts(record)) {
                candidates.add(Candidate.read(change.withRecord(flow.transformed(record))));
            }
        } catch (RuntimeException e) {
            malformed.add(new Malformed(
                    record.key(), RecordCodec.encode(record), List.of("a step of the flow failed: " + e)));
        }
    }

    private void settleAll(List<Candidate<T>> candidates, List<Malformed> malformed) {
        settleAll(candidates, malformed, null);
    }

    private void settleAll(List<Candidate<T>> candidates, List<Malformed> malformed, @Nullable Move move) {
        candidates.forEach(candidate -> books.read(candidate.money()));
        malformed.forEach(record -> books.read(null));

        Plans<T> plans;
        boolean buried = false;
        try {
            bury(malformed);
            buried = true;
            plans = planner.plan(candidates);
            settler.enter(plans.found());
        } catch (RuntimeException e) {
            if (!buried) {
                malformed.forEach(record -> books.abandoned(null));
            }
            candidates.forEach(candidate -> books.abandoned(candidate.money()));
            throw e;
        }
        var writes = new ArrayList<Planned<T>>();
        for (Planned<T> planned : plans.found()) {
            if (planned.writes()) {
                writes.add(planned);
            } else {
                books.settled(tallyOf(planned), planned.candidate().money());
            }
        }
        for (Candidate<T> candidate : plans.untouched()) {
            books.settled(Tally.UNCHANGED, candidate.money());
        }
        writeAll(writes, move);
    }

    private void writeAll(List<Planned<T>> writes, @Nullable Move move) {
        int done = 0;
        try {
            while (done < writes.size()) {
                List<Planned<T>> batch = writes.subList(done, Math.min(done + flow.batch(), writes.size()));
                List<Effect<T>> made = effects.of(batch);
                done += batch.size();
                writeBatch(made, done == writes.size() ? move : null);
            }
        } finally {
            writes.subList(done, writes.size())
                    .forEach(planned -> books.abandoned(planned.candidate().money()));
        }
    }

    private void bury(List<Malformed> malformed) {
        if (malformed.isEmpty()) {
            return;
        }
        List<RecordKey> keys = malformed.stream().map(Malformed::key).distinct().toList();
        Map<RecordKey, Known> known = ledger.lookUp(tx -> tx.mappings().known(flow.name(), flow.target(), keys));
        settler.bury(
                malformed.stream()
                        .filter(record ->
                                known.getOrDefault(record.key(), Known.NOTHING).heldFingerprint()
                                        != fingerprinter.ofText(record.raw()))
                        .toList(),
                fingerprinter);
        malformed.forEach(record -> books.settled(Tally.DEAD, null));
    }

    private void writeBatch(List<Effect<T>> batch, @Nullable Move move) {
        boolean[] settled = new boolean[batch.size()];
        try {
            settler.intend(batch);
            RuntimeException failure = writer.write(batch);
            enterBooks(batch, settler.settle(batch, move), settled);
            if (failure != null) {
                throw failure;
            }
            List<Effect<T>> ambiguous = batch.stream().filter(Effect::ambiguous).toList();
            if (!ambiguous.isEmpty()) {
                settleAmbiguous(batch, ambiguous, settled);
            }
        } finally {
            for (int i = 0; i < settled.length; i++) {
                if (!settled[i]) {
                    books.abandoned(batch.get(i).money());
                }
            }
        }
    }

    private void settleAmbiguous(List<Effect<T>> batch, List<Effect<T>> ambiguous, boolean[] settled) {
        surroundings.log().info("flow {} looks up {} writes without an answer", flow.name(), ambiguous.size());
        RuntimeException failure = null;
        try {
            resolver.resolve(ambiguous);
        } catch (RuntimeException e) {
            failure = e;
        }
        List<Effect<T>> known = ambiguous.stream().filter(Effect::settled).toList();
        List<Optional<Tally>> tallies = settler.settle(known);
        for (int i = 0; i < known.size(); i++) {
            int index = batch.indexOf(known.get(i));
            enterBook(known.get(i), tallies.get(i), settled, index);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void enterBooks(List<Effect<T>> batch, List<Optional<Tally>> tallies, boolean[] settled) {
        for (int i = 0; i < batch.size(); i++) {
            enterBook(batch.get(i), tallies.get(i), settled, i);
        }
    }

    private void enterBook(Effect<T> effect, Optional<Tally> tally, boolean[] settled, int index) {
        tally.ifPresent(known -> {
            books.settled(known, effect.money());
            settled[index] = true;
        });
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

    private static Tally tallyOf(Planned<?> planned) {
        if (planned.step() == Planned.Step.PARK) {
            return Tally.PARKED;
        }
        if (planned.step() == Planned.Step.ECHO) {
            return Tally.ECHOED;
        }
        Known.Held held = planned.known().held();
        if (planned.step() == Planned.Step.HOLD && held != null) {
            return switch (held) {
                case PARKED -> Tally.PARKED;
                case DEAD -> Tally.DEAD;
                case IN_DOUBT -> Tally.IN_DOUBT;
            };
        }
        return Tally.UNCHANGED;
    }
}
