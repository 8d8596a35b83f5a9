package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A record on the target's side.
 *
 * @param id the target's id of it
 * @param version the target's version of it, such as an ETag; null if there is none
 */
public record TargetRef(String id, @Nullable String version) {

    /** Refuses a missing id. */
    public TargetRef {
        requireNonNull(id, "id");
    }

    /**
     * Returns a reference without a version.
     *
     * @param id the target's id
     * @return the reference
     */
    public static TargetRef of(String id) {
        return new TargetRef(id, null);
    }
}
