package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Finds out what became of writes whose outcome is unknown. Waits until nothing can still take effect, looks, and writes
 * again under the same idempotency key only where nothing is there. For the flow's thread.
 */
final class Resolver<T extends BusinessRecord> {

    private static final int ROUNDS = 3;

    private final Sink<T> sink;
    private final Writer<T> writer;
    private final Surroundings surroundings;

    Resolver(Sink<T> sink, Writer<T> writer, Surroundings surroundings) {
        this.sink = sink;
        this.writer = writer;
        this.surroundings = surroundings;
    }

    /** Gives every effect an outcome or a doubt. Throws if the system is dead; what is unknown then stays unknown. */
    void resolve(List<Effect<T>> unknown) {
        for (Effect<T> effect : unknown) {
            for (int round = 1; !effect.settled(); round++) {
                waitUntilSettled(effect);
                look(effect, round);
            }
        }
    }

    private void look(Effect<T> effect, int round) {
        Lookup lookup = RunWork.about(effect.intent().source(), () -> sink.find(effect.write()));
        if (lookup instanceof Lookup.Found found) {
            effect.found(new WriteOutcome.Applied(found.target(), null));
        } else if (lookup instanceof Lookup.CannotTell cannotTell) {
            effect.doubted(cannotTell.why());
        } else if (round > ROUNDS) {
            effect.doubted("still without a clear answer after " + effect.attempts() + " tries: " + effect.outcome());
        } else {
            if (lookup instanceof Lookup.Partial partial && effect.write() instanceof Write.Create<T> create) {
                effect.goOnWith(new Write.Create<>(
                        create.record(),
                        create.idempotencyKey(),
                        create.references(),
                        create.intendedAt(),
                        partial.target()));
            }
            writer.writeNow(effect);
        }
    }

    private void waitUntilSettled(Effect<T> effect) {
        Instant settled = effect.unsureSince().plus(sink.settleTime());
        surroundings.pause(Duration.between(surroundings.clock().instant(), settled));
    }
}
