package io.mlconnector.config;

import static java.util.Objects.requireNonNull;

import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Sleeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An integration out of a configuration file: open connections, flows and a ledger. Safe for threads.
 *
 * <pre>{@code
 * {
 *   "ledger": {"type": "sqlite", "file": "mlconnector.db"},
 *   "connections": {
 *     "ifs-prod": {"type": "ifs", "clientSecret": "${env:IFS_CLIENT_SECRET}", ...},
 *     "stripe-prod": {"type": "stripe", "apiKey": "${env:STRIPE_API_KEY}"}
 *   },
 *   "flows": {
 *     "customers": {"from": "ifs-prod/customers", "to": "stripe-prod/customers", "every": "PT10M"}
 *   }
 * }
 * }</pre>
 */
public final class Integration implements AutoCloseable {

    private final SyncEngine engine;
    private final Ledger ledger;

    Integration(SyncEngine engine, Ledger ledger) {
        this.engine = engine;
        this.ledger = ledger;
    }

    /**
     * Opens the integration that a file describes. Nothing remote is called.
     *
     * @param file JSON in UTF-8, comments allowed
     * @return the integration
     * @throws ConfigurationException naming every fault of the file
     */
    public static Integration load(Path file) {
        return builder().load(file);
    }

    /**
     * Starts an integration with other surroundings than the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the engine that runs the flows.
     *
     * @return the engine
     */
    public SyncEngine engine() {
        return engine;
    }

    /**
     * Returns the ledger, for queries.
     *
     * @return the ledger
     */
    public Ledger ledger() {
        return ledger;
    }

    /** Closes the engine, its connections and the ledger. */
    @Override
    public void close() {
        try {
            engine.close();
        } finally {
            ledger.close();
        }
    }

    /** Opens integrations. For one thread. */
    public static final class Builder {

        private Function<String, @Nullable String> environment = System::getenv;
        private InstantSource clock = InstantSource.system();
        private Sleeper sleeper = Sleeper.REAL;
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private final List<SyncListener> listeners = new ArrayList<>();
        private final Map<String, AuditSink> auditSinks = new LinkedHashMap<>();
        private CredentialStore credentials = CredentialStore.NONE;

        private Builder() {}

        /**
         * Sets where {@code ${env:NAME}} looks. Default: the environment variables of the process.
         *
         * @param variables name to value, null where there is none
         * @return this builder
         */
        public Builder environment(Function<String, @Nullable String> variables) {
            environment = requireNonNull(variables, "variables");
            return this;
        }

        /**
         * Sets the clock. Default: the system's.
         *
         * @param newClock tells the time
         * @return this builder
         */
        public Builder clock(InstantSource newClock) {
            clock = requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets how to wait. Default: really.
         *
         * @param newSleeper waits
         * @return this builder
         */
        public Builder sleeper(Sleeper newSleeper) {
            sleeper = requireNonNull(newSleeper, "newSleeper");
            return this;
        }

        /**
         * Sets the source of chance for jitter. Default: the JDK's.
         *
         * @param newRandom safe for threads
         * @return this builder
         */
        public Builder random(RandomGenerator newRandom) {
            random = requireNonNull(newRandom, "newRandom");
            return this;
        }

        /**
         * Sets where secrets are kept that a remote system shows only once; the default is nowhere.
         *
         * @param store the store
         * @return this builder
         */
        public Builder credentials(CredentialStore store) {
            credentials = requireNonNull(store, "store");
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener told about runs
         * @return this builder
         */
        public Builder addListener(SyncListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Adds a second audit log, as {@link SyncEngine.Builder#addAuditSink} does.
         *
         * @param name its name, the same after every restart
         * @param sink takes the entries
         * @return this builder
         */
        public Builder addAuditSink(String name, AuditSink sink) {
            if (auditSinks.putIfAbsent(requireNonNull(name, "name"), requireNonNull(sink, "sink")) != null) {
                throw new ConfigurationException("two audit sinks are called " + name);
            }
            return this;
        }

        /**
         * Opens the integration that a file describes. Nothing remote is called.
         *
         * @param file JSON in UTF-8, comments allowed
         * @return the integration
         * @throws ConfigurationException naming every fault of the file
         */
        public Integration load(Path file) {
            String json;
            try {
                json = Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new ConfigurationException("cannot read the configuration " + file + ": " + e);
            }
            return parse(json);
        }

        /**
         * Opens the integration that a text describes. Nothing remote is called.
         *
         * @param json JSON, comments allowed
         * @return the integration
         * @throws ConfigurationException naming every fault of the text
         */
        public Integration parse(String json) {
            return new Assembly(environment, clock, sleeper, random, List.copyOf(listeners), auditSinks, credentials)
                    .assemble(json);
        }
    }
}
