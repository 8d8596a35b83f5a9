package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What an adapter is handed instead of reaching for it: time, waiting, chance and a place for secrets.
 *
 * @param connection the name of the connection, as the configuration calls it
 * @param clock tells the time on this machine; never compared with a remote clock
 * @param sleeper waits
 * @param random jitters; safe for threads
 * @param credentials keeps secrets that a remote system shows only once
 * @param observer told about calls
 */
public record ConnectorContext(
        String connection,
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random,
        CredentialStore credentials,
        Observer observer) {

    /** Refuses nulls, and sees to it that the observer does no harm. */
    public ConnectorContext {
        requireNonNull(connection, "connection");
        requireNonNull(clock, "clock");
        requireNonNull(sleeper, "sleeper");
        requireNonNull(random, "random");
        requireNonNull(credentials, "credentials");
        observer = Observer.harmless(observer);
    }

    /**
     * Returns a context whose calls nobody looks at.
     *
     * @param connection the name of the connection
     * @param clock tells the time
     * @param sleeper waits
     * @param random jitters
     * @param credentials keeps secrets
     */
    public ConnectorContext(
            String connection,
            InstantSource clock,
            Sleeper sleeper,
            RandomGenerator random,
            CredentialStore credentials) {
        this(connection, clock, sleeper, random, credentials, Observer.NONE);
    }

    /**
     * Returns a context that keeps no secrets.
     *
     * @param connection the name of the connection
     * @param clock tells the time
     * @param sleeper waits
     * @param random jitters
     */
    public ConnectorContext(String connection, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
        this(connection, clock, sleeper, random, CredentialStore.NONE);
    }

    /**
     * Returns the same context with another observer.
     *
     * @param newObserver told about calls
     * @return the context
     */
    public ConnectorContext withObserver(Observer newObserver) {
        return new ConnectorContext(connection, clock, sleeper, random, credentials, newObserver);
    }

    /**
     * Returns a context with the system's clock, real waiting and a random generator of its own.
     *
     * @param connection the name of the connection
     * @return the context
     */
    public static ConnectorContext ofDefaults(String connection) {
        return new ConnectorContext(connection, InstantSource.system(), Sleeper.REAL, RandomGenerators.threadSafe());
    }
}
