package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That somebody has read or changed a credential.
 *
 * @param kind what was done
 * @param name the credential
 * @param number its version; 0 where all of them are meant
 * @param at when, by the clock of this machine
 */
public record CredentialAccess(Kind kind, String name, int number, Instant at) {

    /** What was done. */
    public enum Kind {
        /** Its value was handed out. */
        READ,
        /** A version was added. */
        ADDED,
        /** All of its versions were removed. */
        REMOVED,
        /** It was sealed under another master key. */
        RESEALED
    }

    /** Refuses nulls. */
    public CredentialAccess {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(at, "at");
    }
}
