package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a credential without opening it.
 *
 * @param name its name
 * @param number counts from 1
 * @param from when it begins to be valid
 * @param until when it ends to be valid; null for not yet
 * @param masterKey the id of the key that it is sealed under
 */
public record CredentialVersion(
        String name, int number, Instant from, @Nullable Instant until, String masterKey) {

    /** Refuses nulls. */
    public CredentialVersion {
        requireNonNull(name, "name");
        requireNonNull(from, "from");
        requireNonNull(masterKey, "masterKey");
    }

    /**
     * Returns whether it is valid at a time.
     *
     * @param time the time
     * @return true from its beginning until before its end
     */
    public boolean validAt(Instant time) {
        return !time.isBefore(from) && (until == null || time.isBefore(until));
    }
}
