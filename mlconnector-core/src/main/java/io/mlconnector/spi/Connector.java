package io.mlconnector.spi;

import java.util.List;
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
