package io.mlconnector.stripe;

import io.mlconnector.stripe.Attempt.Step;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Creates one object under a series of keys. The first key is enough unless Stripe keeps an old answer under it that says nothing
 * about now: a stored fault, an object deleted since, other parameters. Only when the object is surely not there the next key is
 * used; the series is the same in every run.
 *
 * @param <R> the kind of object
 */
final class Creation<R> {

    private static final int KEYS = 8;

    private final Function<Step, R> call;
    private final Supplier<Optional<R>> existing;
    private final Function<R, Optional<R>> current;

    /**
     * Describes a creation.
     *
     * @param call sends it
     * @param existing looks for the object on a strongly consistent path
     * @param current reads an object again whose creation was a stored answer; empty if it is gone
     */
    Creation(Function<Step, R> call, Supplier<Optional<R>> existing, Function<R, Optional<R>> current) {
        this.call = call;
        this.existing = existing;
        this.current = current;
    }

    R send(Attempt attempt, String name) {
        for (int number = 1; ; number++) {
            try {
                R created = call.apply(attempt.step(number == 1 ? name : name + "." + number));
                Optional<R> now = current.apply(created);
                if (now.isPresent()) {
                    return now.get();
                }
                if (number == KEYS) {
                    throw new RejectedException(name + " was created and deleted " + KEYS + " times within a day");
                }
            } catch (StripeRefusedException e) {
                if (!e.keySpent() || number == KEYS) {
                    throw e;
                }
                if (!e.withoutEffect()) {
                    Optional<R> found = existing.get();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
    }
}
