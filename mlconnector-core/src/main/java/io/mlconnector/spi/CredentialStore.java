package io.mlconnector.spi;

import java.util.Optional;

/**
 * Keeps secrets that a remote system shows only once, such as the signing key of a webhook subscription. Implementations are
 * safe for threads, outlive the process and show no value in {@code toString}.
 */
public interface CredentialStore {

    /** Knows nothing and keeps nothing. */
    CredentialStore NONE = new CredentialStore() {
        @Override
        public Optional<Secret> read(String name) {
            return Optional.empty();
        }

        @Override
        public void keep(String name, Secret secret) {
            throw new ConfigurationException(
                    "there is no credential store to keep the secret '" + name + "' in, and it is shown only once");
        }
    };

    /**
     * Returns a secret that was kept.
     *
     * @param name the name under which it was kept
     * @return the secret, if there is one
     */
    Optional<Secret> read(String name);

    /**
     * Keeps a secret. Durable when this returns; what was kept under the name before is replaced.
     *
     * @param name a name that begins with that of the connection
     * @param secret the secret
     * @throws ConfigurationException if nothing can be kept
     */
    void keep(String name, Secret secret);
}
