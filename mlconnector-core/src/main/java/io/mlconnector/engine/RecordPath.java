package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The way of a record through one run: planned, intended, written, settled, and entered in the books at each end. For one thread.
 */
final class RecordPath<T extends BusinessRecord> implements AutoCloseable {

    /** On a two-way flow a conflict is planned anew instead, because the other side's change must not be overwritten. */
    private static final int CONFLICT_ROUNDS = 3;

    private final Flow<T> flow;
    private final Ledger ledger;
    private final Books books;
    private final Logger log;
    private final Planner<T> planner;
    private final Effects<T> effects;
    private final Writer<T> writer;
    private final Resolver<T> resolver;
    private final Settler<T> settler;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    RecordPath(
            Flow<T> flow,
            RunWork work,
            Source<T> source,
            Sink<T> sink,
            Ledger ledger,
            Lease lease,
            Surroundings surroundings,
            @Nullable TwoWay<T> twoWay,
            Books books) {
        this.flow = flow;
        this.ledger = ledger;
        this.books = books;
        this.log = surroundings.log();
        this.planner = new Planner<>(flow, ledger, twoWay);
        this.effects = new Effects<>(flow, ledger, surroundings.clock());
        this.writer = new Writer<>(
                flow, sink, () -> ledger.check(lease), surroundings, work, twoWay == null ? CONFLICT_ROUNDS : 1);
        this.resolver = new Resolver<>(sink, writer, surroundings);
        this.settler = new Settler<>(
                flow, work.run(), ledger, lease, surroundings.clock(), source.lineage(), sink.lineage(), twoWay);
    }

    /** Settles what an earlier run left open. */
    void recover() {
        List<Intent> open = ledger.lookUp(tx -> tx.intents().open(flow.name()));
        if (open.isEmpty()) {
            return;
        }
        log.info("flow {} looks up {} writes that an earlier run left open", flow.name(), open.size());
        List<Effect<T>> left = effects.ofIntents(open);
        for (int from = 0; from < left.size(); from += flow.batch()) {
            List<Effect<T>> batch = left.subList(from, Math.min(from + flow.batch(), left.size()));
            resolver.resolve(batch);
            settler.settle(batch);
            batch.forEach(effect -> books.recovered());
        }
    }

    /** Sends again what is in doubt, because a person said so. */
    void writeAgain(Intent intent) {
        List<Effect<T>> batch = effects.ofIntents(List.of(intent.reopened()));
        books.replayed(1);
        books.read(batch.get(0).money());
        writeBatch(batch, null);
    }

    /** Filters and transforms one record; a step of the user's that throws makes it malformed. */
    void take(Change<T> change, List<Candidate<T>> candidates, List<Malformed> malformed) {
        T record = change.record();
        if (record == null) {
            candidates.add(Candidate.read(change));
            return;
        }
        try {
            if (!flow.hasSteps()) {
                candidates.add(Candidate.read(change));
            } else if (RunWork.about(change.key(), () -> flow.accepts(record))) {
                T transformed = RunWork.about(change.key(), () -> flow.transformed(record));
                candidates.add(Candidate.read(change.withRecord(transformed)));
            }
        } catch (RuntimeException e) {
            malformed.add(new Malformed(
                    record.key(), RecordCodec.encode(record), List.of("a step of the flow failed: " + e)));
        }
    }

    /** Tells what would be done with records. */
    Plans<T> plan(List<Candidate<T>> candidates) {
        return planner.plan(candidates);
    }

    void settleAll(List<Candidate<T>> candidates, List<Malformed> malformed) {
        settleAll(candidates, malformed, null);
    }

    void settleAll(List<Candidate<T>> candidates, List<Malformed> malformed, Settler.@Nullable Along along) {
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
        writeAll(writes, along);
    }

    void writeAll(List<Planned<T>> writes, Settler.@Nullable Along along) {
        int done = 0;
        try {
            while (done < writes.size()) {
                List<Planned<T>> batch = writes.subList(done, Math.min(done + flow.batch(), writes.size()));
                List<Effect<T>> made = effects.of(batch);
                done += batch.size();
                writeBatch(made, done == writes.size() ? along : null);
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

    private void writeBatch(List<Effect<T>> batch, Settler.@Nullable Along along) {
        boolean[] settled = new boolean[batch.size()];
        try {
            settler.intend(batch);
            RuntimeException failure = writer.write(batch);
            enterBooks(batch, settler.settle(batch, along), settled);
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
        log.info("flow {} looks up {} writes without an answer", flow.name(), ambiguous.size());
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

    @Override
    public void close() {
        writer.close();
    }
}
