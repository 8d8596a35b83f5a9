package io.mlconnector.config;

import static java.util.Objects.requireNonNull;

import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.schedule.Scheduler;
import io.mlconnector.secret.CredentialAccess;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sleeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Integration.class);

    private final SyncEngine engine;
    private final Ledger ledger;
    private final Scheduler scheduler;
    private final @Nullable Rotations rotations;
    private final ScheduledThreadPoolExecutor timer;

    Integration(SyncEngine engine, Ledger ledger, Scheduler scheduler, @Nullable Rotations rotations) {
        this.engine = engine;
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.rotations = rotations;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "mlconnector-credentials");
            thread.setDaemon(true);
            return thread;
        });
        timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
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
     * Returns the JSON Schema of configurations, by which an editor completes and checks them. It follows from what the adapters and
     * ledgers on the class path read, so it knows these and no others. A configuration may name it as {@code $schema}.
     *
     * @return the schema, draft 2020-12
     */
    public static String schema() {
        return ConfigurationSchema.text();
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

    /**
     * Returns what runs the flows by their schedules once the integration is started.
     *
     * @return the scheduler
     */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Returns the file of credentials that the configuration names.
     *
     * @return the credentials, if it names one
     */
    public Optional<CredentialFile> credentials() {
        return Optional.ofNullable(rotations).map(Rotations::credentials);
    }

    /**
     * Runs flows by their schedules, processes webhook events, and looks every minute for new versions of credentials and for those that are to be renewed. The
     * connections that use one take it up while they are in use.
     */
    public void start() {
        engine.start();
        scheduler.start();
        if (rotations != null) {
            var unused = timer.scheduleWithFixedDelay(this::renewQuietly, 1, 1, TimeUnit.MINUTES);
        }
    }

    /**
     * Renews the credentials that are old enough, and takes up new versions of any, as {@link #start} does every minute. For
     * embedders that run passes themselves.
     */
    public void renewCredentials() {
        if (rotations != null) {
            rotations.renew();
        }
    }

    private void renewQuietly() {
        try {
            renewCredentials();
        } catch (RuntimeException e) {
            LOG.warn("credentials are not renewed, and the old ones stay in use: {}", e.getMessage());
        }
    }

    /**
     * Ends running passes after the page that they are at, as {@link Scheduler#close} does, and closes the engine, its
     * connections and the ledger.
     */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            scheduler.close();
        } finally {
            try {
                engine.close();
            } finally {
                ledger.close();
            }
        }
    }

    /** Opens integrations. For one thread. */
    public static final class Builder {

        private Function<String, @Nullable String> environment = System::getenv;
        private InstantSource clock = InstantSource.system();
        private Sleeper sleeper = Sleeper.REAL;
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private final List<SyncListener> listeners = new ArrayList<>();
        private Observer observer = Observer.NONE;
        private final Map<String, AuditSink> auditSinks = new LinkedHashMap<>();
        private CredentialStore credentials = CredentialStore.NONE;
        private Consumer<CredentialAccess> accesses = access -> {};
        private final List<RotationRule> rotations = new ArrayList<>();

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
         * Sets where secrets are kept that a remote system shows only once. Default: in the file that the configuration names under
         * {@code credentials}, or else nowhere.
         *
         * @param store the store
         * @return this builder
         */
        public Builder credentials(CredentialStore store) {
            credentials = requireNonNull(store, "store");
            return this;
        }

        /**
         * Tells about every reading and change of the file of credentials, for an audit of one's own. The log tells them too.
         *
         * @param listener called by the thread that reads or changes, before it goes on; what it throws reaches that thread
         * @return this builder
         */
        public Builder onCredentialAccess(Consumer<CredentialAccess> listener) {
            accesses = requireNonNull(listener, "listener");
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
         * Sets who is told about runs, pages, batches and remote calls as they begin and end. Default: nobody.
         *
         * @param newObserver the observer
         * @return this builder
         */
        public Builder observer(Observer newObserver) {
            observer = requireNonNull(newObserver, "newObserver");
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
         * Has a credential of the file renewed once it has reached an age.
         *
         * @param credential its name in the file of credentials
         * @param every the age, at least a minute
         * @param overlap how long the old version still counts beside the new one, not negative
         * @param next given the old secret, fetches or makes the new one at the remote system; called by one thread, and again
         *     a minute later if it throws. Returns the old one if there is none yet
         * @return this builder
         */
        public Builder addRotation(String credential, Duration every, Duration overlap, UnaryOperator<Secret> next) {
            requireNonNull(credential, "credential");
            requireNonNull(next, "next");
            if (every.compareTo(Duration.ofMinutes(1)) < 0 || overlap.isNegative()) {
                throw new ConfigurationException("the rotation of " + credential
                        + " needs an age of a minute at least and no negative overlap: " + every + ", " + overlap);
            }
            rotations.add(new RotationRule(credential, every, overlap, next));
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
            return parse(text(file));
        }

        /**
         * Opens the file of credentials alone that a configuration names, so that it can be filled before anything else is
         * there.
         *
         * @param file JSON in UTF-8, comments allowed
         * @return the credentials
         * @throws ConfigurationException if the configuration has no section {@code credentials}, or that has faults
         */
        public CredentialFile loadCredentials(Path file) {
            return assembly().credentials(text(file));
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new ConfigurationException("cannot read the configuration " + file + ": " + e);
            }
        }

        private Assembly assembly() {
            return new Assembly(
                    environment,
                    clock,
                    sleeper,
                    random,
                    List.copyOf(listeners),
                    observer,
                    auditSinks,
                    credentials,
                    accesses,
                    List.copyOf(rotations));
        }

        /**
         * Opens the integration that a text describes. Nothing remote is called.
         *
         * @param json JSON, comments allowed
         * @return the integration
         * @throws ConfigurationException naming every fault of the text
         */
        public Integration parse(String json) {
            return assembly().assemble(json);
        }
    }
}
