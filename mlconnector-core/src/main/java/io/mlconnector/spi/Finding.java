package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a start-up check found out about one thing.
 *
 * @param level whether it stands in the way
 * @param subject what was looked at, such as {@code CustomerSet.LastModificationTime}
 * @param detail what was found, and what to do about it
 */
public record Finding(Level level, String subject, String detail) {

    /** Whether a finding stands in the way. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Usable, but worth a look. */
        WARNING,
        /** The connection cannot be used like this. */
        FAILED
    }

    /** Refuses nulls. */
    public Finding {
        requireNonNull(level, "level");
        requireNonNull(subject, "subject");
        requireNonNull(detail, "detail");
    }

    /**
     * Returns a finding that all is well.
     *
     * @param subject what was looked at
     * @param detail what was found
     * @return the finding
     */
    public static Finding ok(String subject, String detail) {
        return new Finding(Level.OK, subject, detail);
    }

    /**
     * Returns a finding that is worth a look.
     *
     * @param subject what was looked at
     * @param detail what was found, and what to do about it
     * @return the finding
     */
    public static Finding warning(String subject, String detail) {
        return new Finding(Level.WARNING, subject, detail);
    }

    /**
     * Returns a finding that stands in the way.
     *
     * @param subject what was looked at
     * @param detail what was found, and what to do about it
     * @return the finding
     */
    public static Finding failed(String subject, String detail) {
        return new Finding(Level.FAILED, subject, detail);
    }
}
