package io.mlconnector.stripe;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a write: gives its calls their idempotency keys and remembers what took effect. For one thread. */
final class Attempt {

    private final RecordKey record;
    private final IdempotencyKey key;
    private @Nullable String effect;

    Attempt(Write<?> write) {
        this.record = write.key();
        this.key = write.idempotencyKey();
    }

    RecordKey record() {
        return record;
    }

    IdempotencyKey key() {
        return key;
    }

    /** Returns the step of a name that alone tells what is sent. */
    Step step(String name) {
        return new Step(this, key.step(name), false);
    }

    /** Returns the step of a call whose content follows from what Stripe was just read to hold: other content is another step. */
    Step step(String name, Object... content) {
        return new Step(this, key.step(name + "." + hash(List.of(content).toString())), true);
    }

    /** Returns what this run has done in Stripe so far, null if nothing. */
    @Nullable String effect() {
        return effect;
    }

    void took(String operation) {
        effect = operation;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * One call of the run.
     *
     * @param attempt the run
     * @param key its idempotency key
     * @param stateIsKnown whether the run has read that the effect is not there yet
     */
    record Step(Attempt attempt, String key, boolean stateIsKnown) {

        /** Returns the key, or one of its successors where Stripe keeps an old fault under it. */
        String key(int number) {
            return number == 1 ? key : key + "." + number;
        }
    }
}
