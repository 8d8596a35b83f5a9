package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * Identifies a write: the same flow, record and content always give the same key, also after a crash.
 *
 * @param value 1 to 64 characters out of letters, digits and {@code - _}
 */
public record IdempotencyKey(String value) {

    /** Refuses keys of another form. */
    public IdempotencyKey {
        if (!requireNonNull(value, "value").matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to 64 letters, digits, '-' or '_': '" + value + "'");
        }
    }

    /**
     * Returns the key of one step of a write that takes several calls.
     *
     * @param step names the step within the write
     * @return a text that is as stable as this key
     */
    public String step(String step) {
        return value + ":" + step;
    }
}
