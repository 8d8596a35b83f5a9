package io.mlconnector.stampli;

import io.mlconnector.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a session logs in with. Prints no secret.
 *
 * @param password null if a key is used
 * @param privateKey null if a password is used
 * @param passphrase of the key; null if it has none
 */
record Credentials(
        @Nullable Secret password,
        @Nullable Secret privateKey,
        @Nullable Secret passphrase) {}
