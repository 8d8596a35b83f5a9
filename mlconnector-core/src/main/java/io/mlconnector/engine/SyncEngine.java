package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.reconcile.Reconciliation;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.webhook.WebhookEndpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs flows between connections, on one ledger. Safe for threads: different flows may run at once, one flow never runs
 * twice at a time.
 */
public final class SyncEngine implements AutoCloseable {

    private static final Set<Class<?>> MONEY = Set.of(Payment.class, Refund.class, Dispute.class);
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    private final Ledger ledger;
    private final Wiring wiring;
    private final Surroundings surroundings;
    private final Runs runs;
    private final DoubtDesk doubts;
    private final Operations operations;
    private final Checkup checkup;
    private final AuditFeeds feeds;
    private final Webhooks webhooks;
    private final AtomicBoolean draining = new AtomicBoolean();

    private SyncEngine(Builder builder) {
        this.ledger = requireNonNull(builder.ledger, "ledger");
        this.wiring = new Wiring(ledger, builder.connections, builder.flows);
        this.surroundings =
                new Surroundings(builder.clock, builder.sleeper, builder.random, builder.workers, LOG, draining::get);
        this.doubts = new DoubtDesk(ledger, builder.clock);
        this.feeds = new AuditFeeds(builder.auditSinks.entrySet().stream()
                .map(sink -> new AuditFeed(sink.getKey(), sink.getValue(), ledger, surroundings))
                .toList());
        var pulse = new Pulse(builder.clock);
        var listener = new SafeListener(Stream.concat(Stream.of(feeds, pulse), builder.listeners.stream())
                .toList());
        this.runs = new Runs(wiring, ledger, surroundings, listener, Observer.harmless(builder.observer), feeds);
        this.checkup = new Checkup(wiring, ledger, pulse, builder.clock);
        this.operations = new Operations(wiring, runs, ledger, builder.clock);
        this.webhooks = new Webhooks(wiring, this::refresh, ledger, builder.clock);
    }

    /**
     * Starts an engine.
     *
     * @return a builder; the ledger must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the names of the flows, in the order in which they run: referenced records come before those that refer
     * to them.
     *
     * @return the names
     */
    public List<String> flows() {
        return wiring.flows().stream().<String>map(Flow::name).toList();
    }

    /**
     * Returns a flow.
     *
     * @param name the name of the flow
     * @return the flow
     * @throws IllegalArgumentException if there is no such flow
     */
    public Flow<?> flow(String name) {
        return wiring.flow(name);
    }

    /**
     * Runs one pass of a flow on the calling thread.
     *
     * <p>A bad record never stops it. A dead system or refused credentials end the pass early; the report then says so,
     * and the next pass goes on where this one stopped.
     *
     * @param flow the name of the flow
     * @return the books of the pass
     * @throws IllegalArgumentException if there is no such flow
     * @throws IllegalStateException if the flow is running already, or the engine has been told to {@link #drain}
     * @throws io.mlconnector.spi.LedgerException if the ledger fails before the pass begins, or if another process runs the
     *     flow
     */
    public FlowReport run(String flow) {
        if (draining.get()) {
            throw new IllegalStateException("flow " + flow + " does not run, because the engine closes");
        }
        return runs.now(
                wiring.flow(flow), (found, leases) -> runs.runner(found, leases).pass());
    }

    /**
     * Runs one pass of every flow, one after the other, in the order of {@link #flows()}. A flow that fails does not
     * keep the others from running, and neither does one that runs already, here or in another process: its report says so.
     *
     * @return a report per flow
     */
    public List<FlowReport> runAll() {
        return flows().stream().map(this::runOrTell).toList();
    }

    private FlowReport runOrTell(String flow) {
        try {
            return run(flow);
        } catch (LedgerException | IllegalStateException e) {
            LOG.warn("flow {} does not run: {}", flow, e.getMessage());
            return new Books().report(flow, "", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Tells what a pass of a flow would do. Reads from the source and writes nowhere.
     *
     * @param flow the name of the flow
     * @return the plan
     * @throws io.mlconnector.spi.MlConnectorException if the source cannot be read
     */
    public Plan plan(String flow) {
        return runs.foresee(wiring.flow(flow));
    }

    /**
     * Writes what a plan says. A record that has changed since, at the source or by a run, is left out and named. The
     * position of the flow stays; its next run finds what was written here unchanged.
     *
     * @param plan a plan of {@link #plan}, perhaps saved in between
     * @return the books, and what was left out
     * @throws IllegalArgumentException if the plan's flow does not exist
     */
    public AppliedPlan apply(Plan plan) {
        return runs.now(
                wiring.flow(plan.flow()),
                (found, leases) -> runs.runner(found, leases).apply(plan));
    }

    /**
     * Tries dead letters or parked records of a flow again, whether or not anything has changed.
     *
     * @param flow the name of the flow
     * @param sources the records at their source
     * @return the books: each record that has a letter counts as read and as replayed
     */
    public FlowReport replay(String flow, List<RecordKey> sources) {
        List<RecordKey> keys = List.copyOf(sources);
        return runs.now(
                wiring.flow(flow), (found, leases) -> runs.runner(found, leases).replay(keys));
    }

    /**
     * Tries all dead letters and parked records of a flow again that meet a condition.
     *
     * @param flow the name of the flow
     * @param which the condition, such as {@code letter -> letter.reason().contains("GL account")}; {@code letter -> true}
     *     for all
     * @return the books: each record that meets the condition counts as read and as replayed
     */
    public FlowReport replay(String flow, Predicate<Letter> which) {
        requireNonNull(which, "which");
        return runs.now(
                wiring.flow(flow), (found, leases) -> runs.runner(found, leases).replay(which));
    }

    /**
     * Brings single records into step: fetches their present state from the source and goes on as with a page. The position
     * stays where it is. Waits while the flow runs.
     *
     * @param flow the name of the flow
     * @param ids the records' ids at the source; one that the source does not have counts as deleted
     * @return the books
     */
    public FlowReport refresh(String flow, List<String> ids) {
        List<String> copy = List.copyOf(ids);
        return runs.whenFree(
                wiring.flow(flow), (found, leases) -> runs.runner(found, leases).refresh(copy));
    }

    /**
     * Decides a conflict of a two-way flow: both sides have changed the same field, and the record is parked. The present
     * state of one side is written to the other.
     *
     * @param flow the name of the flow
     * @param source the record at that flow's source
     * @param winner {@link Flow.Conflicts#SOURCE_WINS} or {@link Flow.Conflicts#TARGET_WINS}, as seen from that flow
     * @return the books of the flow that writes
     * @throws IllegalArgumentException if the flow has no opposite, the record no counterpart, or nobody is named as winner
     */
    public FlowReport settleConflict(String flow, RecordKey source, Flow.Conflicts winner) {
        return settleConflict(wiring.flow(flow), source, winner);
    }

    private <T extends BusinessRecord> FlowReport settleConflict(
            Flow<T> flow, RecordKey source, Flow.Conflicts winner) {
        Flow<T> opposite = wiring.opposites().of(flow);
        if (opposite == null) {
            throw new IllegalArgumentException("flow " + flow.name() + " goes one way, so it has no conflicts");
        }
        if (winner != Flow.Conflicts.SOURCE_WINS && winner != Flow.Conflicts.TARGET_WINS) {
            throw new IllegalArgumentException("a conflict is settled by SOURCE_WINS or TARGET_WINS, not by " + winner);
        }
        Link link = ledger.lookUp(tx -> tx.mappings().find(source, flow.target()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "flow " + flow.name() + " knows no counterpart of " + source + " at " + flow.target()));
        boolean sourceWins = winner == Flow.Conflicts.SOURCE_WINS;
        String winning = sourceWins ? source.id() : link.target().id();
        String losing = sourceWins ? link.target().id() : source.id();
        Flow<T> writing = sourceWins ? flow : opposite;
        FlowReport report = runs.now(
                writing,
                (found, leases) ->
                        runs.runner(writing, Flow.Conflicts.SOURCE_WINS, leases).refresh(List.of(winning)));
        // The loser reads what it holds now, and its own letter about the conflict goes.
        refresh(sourceWins ? opposite.name() : flow.name(), List.of(losing));
        return report;
    }

    /**
     * Reconciles the invoices of a flow with the payments, refunds and disputes that its target reports, and compares both
     * sides with the links. Reads everything once, and writes nothing.
     *
     * @param flow the name of a flow of invoices
     * @return every invoice with its money, what fits to none, and what has drifted apart
     * @throws IllegalArgumentException if the flow does not carry invoices
     * @throws io.mlconnector.spi.MlConnectorException if a system cannot be read
     */
    public Reconciliation reconcile(String flow) {
        Flow<?> found = wiring.flow(flow);
        if (found.type() != Invoice.class) {
            throw new IllegalArgumentException("flow " + flow + " carries "
                    + found.type().getSimpleName() + ", and only a flow of Invoice can be reconciled");
        }
        return reconcileInvoices(found);
    }

    @SuppressWarnings("unchecked") // the types are compared
    private Reconciliation reconcileInvoices(Flow<?> found) {
        var flow = (Flow<Invoice>) found;
        Connector target = wiring.connection(flow.target().connection());
        Source<Invoice> there = null;
        var money = new ArrayList<Source<?>>();
        for (String entity : new TreeSet<>(target.readable())) {
            Source<?> source = target.source(entity, SourceContext.EMPTY);
            if (source.type() == Invoice.class && there == null) {
                there = (Source<Invoice>) source;
            } else if (MONEY.contains(source.type())) {
                money.add(source);
            }
        }
        return new Reconciler(ledger, flow, wiring.source(flow), there, money, surroundings.clock()).reconcile();
    }

    /**
     * Returns the writes of a flow of which nobody can tell whether they took effect. Their records are held back until
     * a person has looked at the target and settles them.
     *
     * @param flow the name of the flow
     * @return the writes with what is known of them, oldest first
     */
    public List<Intent> inDoubt(String flow) {
        return doubts.list(wiring.flow(flow).name());
    }

    /**
     * Settles a write in doubt: it took effect.
     *
     * @param flow the name of the flow
     * @param source the record at its source
     * @param targetId the id that it has at the target
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if no such write is in doubt
     */
    public void confirm(String flow, RecordKey source, String targetId, String person) {
        requireNonNull(targetId, "targetId");
        requireNonNull(person, "person");
        runs.now(wiring.flow(flow), (found, leases) -> {
            doubts.confirm(leases.of(found), source, targetId, person);
            return found;
        });
    }

    /**
     * Settles a write in doubt: it did not take effect and is sent again, under its old idempotency key.
     *
     * @param flow the name of the flow
     * @param source the record at its source
     * @return the books: the record counts as read and as replayed
     * @throws IllegalArgumentException if no such write is in doubt
     */
    public FlowReport writeAgain(String flow, RecordKey source) {
        return runs.now(
                wiring.flow(flow), (found, leases) -> runs.runner(found, leases).writeAgain(source));
    }

    /**
     * Settles a write in doubt: it is given up. The record becomes a dead letter; a newer version of it is written.
     *
     * @param flow the name of the flow
     * @param source the record at its source
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if no such write is in doubt
     */
    public void discard(String flow, RecordKey source, String person) {
        requireNonNull(person, "person");
        runs.now(wiring.flow(flow), (found, leases) -> {
            doubts.discard(leases.of(found), source, person);
            return found;
        });
    }

    /**
     * Returns what a person looks at and puts right between runs.
     *
     * @return the operations
     */
    public Operations operations() {
        return operations;
    }

    /**
     * Tries the connections that flows use: reachable, authenticated, permitted, and whether all configured names exist.
     *
     * @return findings by connection
     */
    public Map<String, List<Finding>> check() {
        var findings = new LinkedHashMap<String, List<Finding>>();
        for (String connection : wiring.connections()) {
            findings.put(connection, wiring.connection(connection).check(wiring.entities(connection)));
        }
        return findings;
    }

    /**
     * Returns what each connection has done since it was opened.
     *
     * @return counters by connection, in alphabetical order
     */
    public Map<String, ConnectionStats> stats() {
        var stats = new LinkedHashMap<String, ConnectionStats>();
        for (String connection : wiring.connections()) {
            stats.put(connection, wiring.connection(connection).stats());
        }
        return stats;
    }

    /**
     * Tells how flows and connections are. Reads the ledger and calls nothing remote, so it may be asked every few seconds.
     *
     * @return the health of all of them
     */
    public Health health() {
        return checkup.health();
    }

    /**
     * Tells how far the run of a flow is. The first one who asks during a run has its source count what is left, if it can: one
     * remote call.
     *
     * @param flow the name of the flow
     * @return the progress; empty if the flow does not run in this process
     * @throws IllegalArgumentException if there is no such flow
     */
    public Optional<Progress> progress(String flow) {
        return checkup.progress(wiring.flow(flow));
    }

    /**
     * Returns an endpoint for the webhooks of a connection, to be put behind an address of your web server. Events are
     * processed soon after their answer, on a thread of the engine.
     *
     * @param connection the connection
     * @return the endpoint
     * @throws ConfigurationException if the connection is unknown or takes no webhooks
     */
    public WebhookEndpoint webhooks(String connection) {
        return webhooks.endpoint(wiring.connection(connection));
    }

    /**
     * Processes the webhook events that wait, on the calling thread. Needed only where neither {@link #start} was called nor
     * an endpoint of this engine receives them.
     *
     * @return the books of the flows that took something up
     */
    public List<FlowReport> processWebhooks() {
        return webhooks.process();
    }

    /**
     * Replaces a secret of a connection while it is in use, such as an API key or the signing secret of webhooks.
     *
     * @param connection the connection
     * @param name the setting that holds it, such as {@code apiKey}
     * @param next the new secret
     * @param oldUntil until when the old one still counts where the new one is not taken yet, by our clock
     * @throws ConfigurationException if the connection is unknown, or has no such secret
     */
    public void replaceSecret(String connection, String name, Secret next, Instant oldUntil) {
        wiring.connection(connection)
                .replaceSecret(name, requireNonNull(next, "next"), requireNonNull(oldUntil, "oldUntil"));
    }

    /**
     * Processes webhook events by itself from now on, those that an earlier process left among them, and feeds second audit
     * logs. Flows run when {@link #run} is called, by an {@code io.mlconnector.schedule.Scheduler} or by whoever does that in
     * your program.
     */
    public void start() {
        feeds.begin();
        webhooks.start();
    }

    /**
     * Has running passes end after the page that they are at, and refuses new ones. The report of a pass that is cut short says
     * so, and the next pass goes on where it stopped. Does not wait.
     */
    public void drain() {
        draining.set(true);
    }

    /**
     * Drains, waits for second audit logs for some seconds, and closes the connections. Passes that other threads run should
     * have ended. The ledger stays open.
     */
    @Override
    public void close() {
        drain();
        webhooks.close();
        feeds.close();
        wiring.close();
    }

    /** Builds an engine. For one thread. */
    public static final class Builder {

        private @Nullable Ledger ledger;
        private final Map<String, Connector> connections = new LinkedHashMap<>();
        private final List<Flow<?>> flows = new ArrayList<>();
        private final List<SyncListener> listeners = new ArrayList<>();
        private Observer observer = Observer.NONE;
        private final Map<String, AuditSink> auditSinks = new LinkedHashMap<>();
        private InstantSource clock = InstantSource.system();
        private Sleeper sleeper = Sleeper.REAL;
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private Workers workers = Workers.DAEMONS;

        private Builder() {}

        /**
         * Sets where everything is kept that must outlive the process. Must be set. The engine does not close it.
         *
         * @param newLedger the ledger
         * @return this builder
         */
        public Builder ledger(Ledger newLedger) {
            ledger = requireNonNull(newLedger, "newLedger");
            return this;
        }

        /**
         * Adds a connection, which the engine closes with itself.
         *
         * @param connector an open connection; flows name it by {@link Connector#connection()}
         * @return this builder
         */
        public Builder addConnection(Connector connector) {
            if (connections.putIfAbsent(connector.connection(), connector) != null) {
                throw new ConfigurationException("two connections are called " + connector.connection());
            }
            return this;
        }

        /**
         * Adds a flow.
         *
         * @param flow the flow
         * @return this builder
         */
        public Builder addFlow(Flow<?> flow) {
            flows.add(requireNonNull(flow, "flow"));
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
         * Sets who is told about runs, pages and batches as they begin and end. About calls it is told by the connections whose
         * {@link io.mlconnector.spi.ConnectorContext} names it. Default: nobody.
         *
         * @param newObserver the observer
         * @return this builder
         */
        public Builder observer(Observer newObserver) {
            observer = requireNonNull(newObserver, "newObserver");
            return this;
        }

        /**
         * Adds a second audit log beside the one of the ledger. It is given every entry that is committed from here on, and
         * those that the ledger still holds. Entries that it lacks are not pruned.
         *
         * @param name its name, the same after every restart: under it the ledger keeps how far it has come. Use
         *     {@link io.mlconnector.spi.AuditLog#forget} when it is given up
         * @param sink takes the entries
         * @return this builder
         */
        public Builder addAuditSink(String name, AuditSink sink) {
            if (requireNonNull(name, "name").isBlank()) {
                throw new ConfigurationException("an audit sink needs a name");
            }
            if (auditSinks.putIfAbsent(name, requireNonNull(sink, "sink")) != null) {
                throw new ConfigurationException("two audit sinks are called " + name);
            }
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

        /** Sets who runs polls and lanes, for tests that decide the order themselves. */
        Builder workers(Workers newWorkers) {
            workers = requireNonNull(newWorkers, "newWorkers");
            return this;
        }

        /**
         * Returns the engine. Nothing remote is called.
         *
         * @return the engine
         * @throws ConfigurationException naming every flow that does not fit its connections
         */
        public SyncEngine build() {
            return new SyncEngine(this);
        }
    }
}
