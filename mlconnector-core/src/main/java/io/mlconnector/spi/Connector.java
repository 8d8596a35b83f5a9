package io.mlconnector.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An open connection to one system, as one name of the configuration. It is safe for threads and shares its quota, its
 * token and its HTTP client among all its sources and sinks; two connectors share none of them by accident.
 */
public interface Connector extends AutoCloseable {

    /**
     * Returns the name of the connection.
     *
     * @return the name, as the configuration calls it
     */
    String connection();

    /**
     * Returns the entities that can be read.
     *
     * @return names for {@link #source}
     */
    Set<String> readable();

    /**
     * Returns the entities that can be written.
     *
     * @return names for {@link #sink}
     */
    Set<String> writable();

    /**
     * Returns a new source. Nothing is called before its first poll.
     *
     * @param entity a name out of {@link #readable()}
     * @param context what the engine hands over
     * @return the source
     * @throws ConfigurationException if there is no such source; the message lists the names
     */
    Source<?> source(String entity, SourceContext context);

    /**
     * Returns a new sink. Nothing is called before its first write.
     *
     * @param entity a name out of {@link #writable()}
     * @return the sink
     * @throws ConfigurationException if there is no such sink; the message lists the names
     */
    Sink<?> sink(String entity);

    /**
     * Returns who reads the webhooks that this system sends.
     *
     * @return the parser; empty if the system sends none, or if what is needed to verify them is not configured
     */
    default Optional<WebhookParser> webhooks() {
        return Optional.empty();
    }

    /**
     * Replaces a secret while the connection is in use: calls that begin from now on use the new one. Where both may come in,
     * as with the signing secret of webhooks, the old one is accepted until its end.
     *
     * @param name the setting that holds it, such as {@code apiKey}
     * @param next the new one
     * @param oldUntil until when the old one is still used where the new one is refused, or accepted where it comes in, by
     *     our clock
     * @throws ConfigurationException if there is no such secret, or if it cannot be replaced while running
     */
    default void replaceSecret(String name, Secret next, Instant oldUntil) {
        throw new ConfigurationException(
                connection() + ": the secret '" + name + "' cannot be replaced while the connection is open");
    }

    /**
     * Tries the connection: reachable, authenticated, permitted, and whether every configured name exists. Only reads.
     *
     * @param entities the entities that flows use; others are not looked at
     * @return what was found, in the order of looking; never empty
     */
    List<Finding> check(Set<String> entities);

    /**
     * Returns what the connection has done since it was opened.
     *
     * @return the counters
     */
    ConnectionStats stats();

    /** Ends calls in flight and releases the connection. May be called again. */
    @Override
    void close();
}
