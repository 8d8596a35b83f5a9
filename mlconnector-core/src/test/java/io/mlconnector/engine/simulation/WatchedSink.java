package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes to the target over a bad line, and watches that the engine waits and looks before it writes again. */
final class WatchedSink<T extends BusinessRecord> implements Sink<T> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Host host;
    private final World world;
    private final Entity<T> entity;

    WatchedSink(Host host, Entity<T> entity) {
        this.host = host;
        this.world = host.world;
        this.entity = entity;
    }

    @Override
    public Class<T> type() {
        return entity.type();
    }

    @Override
    public int maxBatch() {
        return world.maxBatch;
    }

    @Override
    public Duration settleTime() {
        return World.SETTLE_TIME;
    }

    @Override
    public List<WriteOutcome> write(List<Write<T>> batch) {
        host.step("before sending");
        if (world.strikes(Fault.TARGET_DOWN)) {
            throw new UnavailableException("the target is down", Details.NONE);
        }
        List<RecordKey> keys = batch.stream().map(Write::key).toList();
        keys.forEach(world.suspense::sending);
        keys.forEach(world.suspense::unanswered);
        var outcomes = new ArrayList<WriteOutcome>();
        try {
            for (Write<T> write : batch) {
                outcomes.add(send(write));
                host.step("sent " + write.key().id());
            }
            if (world.strikes(Fault.ANSWER_TORN)) {
                throw new TornConnection("answer to " + keys);
            }
        } finally {
            keys.forEach(world.suspense::unanswered);
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!(outcomes.get(i) instanceof WriteOutcome.Ambiguous)) {
                world.suspense.answered(keys.get(i));
            }
        }
        return outcomes;
    }

    private WriteOutcome send(Write<T> write) {
        WriteOutcome outcome = answer(write);
        world.trace.add("sent " + write.getClass().getSimpleName() + " " + write.key() + ": "
                + outcome.getClass().getSimpleName());
        return outcome;
    }

    private WriteOutcome answer(Write<T> write) {
        WriteOutcome refusal = entity.documents().refusal(write);
        if (refusal != null) {
            return refusal;
        }
        if (world.strikes(Fault.TIMEOUT_BEFORE_COMMIT)) {
            return timeout("before commit");
        }
        if (world.strikes(Fault.TIMEOUT_AFTER_COMMIT)) {
            entity.documents().take(write);
            return timeout("after commit");
        }
        if (world.strikes(Fault.LATE_COMMIT)) {
            WriteOutcome outcome = timeout("while under way");
            world.time.at(
                    world.time.instant().plus(world.dice.upTo(World.SETTLE_TIME)),
                    () -> entity.documents().take(write));
            return outcome;
        }
        if (world.strikes(Fault.THROTTLED)) {
            return new WriteOutcome.Throttled(world.dice.upTo(Duration.ofSeconds(20)));
        }
        if (world.strikes(Fault.REJECTED)) {
            return new WriteOutcome.Rejected("not in the mood", null);
        }
        if (world.strikes(Fault.CONFLICTED)) {
            return new WriteOutcome.Conflicted("changed meanwhile");
        }
        return new WriteOutcome.Applied(entity.documents().take(write), null);
    }

    private WriteOutcome timeout(String when) {
        world.time.sleep(world.dice.upTo(TIMEOUT));
        return new WriteOutcome.Ambiguous("timeout " + when);
    }

    @Override
    public Lookup find(Write<T> write) {
        host.step("before looking up " + write.key().id());
        if (world.strikes(Fault.LOOK_UP_DOWN)) {
            throw new UnavailableException("the target is down", Details.NONE);
        }
        if (world.strikes(Fault.LOOK_UP_TORN)) {
            throw new TornConnection("look-up of " + write.key());
        }
        world.suspense.lookedUp(write.key());
        Lookup lookup = world.strikes(Fault.CANNOT_TELL)
                ? new Lookup.CannotTell("the search is down")
                : entity.documents().find(write);
        world.trace.add("looked up " + write.key() + ": " + lookup.getClass().getSimpleName());
        host.step("after looking up " + write.key().id());
        return lookup;
    }
}
