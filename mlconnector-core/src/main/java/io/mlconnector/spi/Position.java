package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * How far a source has been read: opaque to the engine, meaningful to its source alone. Keep it small: it is written
 * once a page.
 *
 * @param value the text that the source reads back; empty for {@link #START}
 */
public record Position(String value) {

    /** Nothing has been read yet. */
    public static final Position START = new Position("");

    /** Refuses null. */
    public Position {
        requireNonNull(value, "value");
    }

    /**
     * Returns whether nothing has been read yet.
     *
     * @return true for the start
     */
    public boolean isStart() {
        return value.isEmpty();
    }
}
