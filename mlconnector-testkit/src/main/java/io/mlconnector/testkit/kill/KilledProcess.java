package io.mlconnector.testkit.kill;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A flow in the process that a {@link KillMatrix} kills: runs until it comes to the place where it is to die, and stops there for
 * good. The process speaks with the test by its standard input and output, so it prints nothing else.
 */
public final class KilledProcess {

    private final Talk talk;
    private final int number;
    private final @Nullable KillStep step;
    private final AtomicInteger timesLeft;
    private final List<String> arguments;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private volatile boolean recovered;

    KilledProcess(Talk talk, int number, @Nullable KillStep step, int times, List<String> arguments) {
        this.talk = talk;
        this.number = number;
        this.step = step;
        this.timesLeft = new AtomicInteger(times);
        this.arguments = arguments;
    }

    /**
     * Runs what the matrix says, each flow on a thread of its own, and returns when all have come to their end.
     *
     * @param arguments those of {@code main}
     * @param life opens the ledger and the connectors of a flow, and calls {@link #run}
     */
    public static void main(String[] arguments, Consumer<KilledProcess> life) {
        Talk.start(arguments, life);
    }

    /**
     * Returns an argument that the test has given to the matrix.
     *
     * @param index which, from 0
     * @return the argument
     */
    public String argument(int index) {
        return arguments.get(index);
    }

    /**
     * Returns what a connector is opened with: a clock that is moved by waiting, and does not wait.
     *
     * @param connection the name of the connection
     * @return the context
     */
    public ConnectorContext context(String connection) {
        return new ConnectorContext(connection, clock(), this::moveOn, new Random(3));
    }

    /**
     * Watches the connector whose sink is under test.
     *
     * @param connector the connector
     * @return the one to add to the engine
     */
    public Connector watch(Connector connector) {
        Trap trap = this::reached;
        return trap.watch(connector);
    }

    /** Tells that the process is at a place of the test's own, where {@link KillStep#OWN} kills it. */
    public void reachedOwnPlace() {
        reached(KillPlace.OWN);
    }

    /**
     * Runs one pass of a flow, and says how it ended if nobody kills this process before.
     *
     * @param ledger the ledger, which is not closed
     * @param engine adds connections and the flow
     * @param flow the name of the flow
     * @param target where it writes, such as {@code bill/bills}
     */
    public void run(Ledger ledger, UnaryOperator<SyncEngine.Builder> engine, String flow, String target) {
        Trap trap = this::reached;
        SyncEngine.Builder builder =
                SyncEngine.builder().ledger(trap.watch(ledger)).clock(clock()).sleeper(this::waitFor);
        FlowReport report;
        try (SyncEngine built = engine.apply(builder).build()) {
            report = built.run(flow);
        }
        long links = ledger.read(tx -> tx.mappings().count(Endpoint.parse(target)));
        Optional<String> fault = ledger.read(tx -> tx.audit().verify());
        talk.say(
                number,
                Talk.DONE + " completed=" + report.completed() + " balanced=" + report.balanced() + " inDoubt="
                        + report.count(Tally.IN_DOUBT) + " dead=" + report.count(Tally.DEAD) + " links=" + links
                        + " audit=" + fault.orElse("whole")
                        + report.failureReason()
                                .map(reason -> " because of " + reason)
                                .orElse(""));
    }

    private void reached(KillPlace place) {
        KillStep until = step;
        if (place == KillPlace.BEFORE_READING && !recovered) {
            recovered = true;
            if (until != null && until.onTheWire()) {
                talk.ask(number, Talk.READS);
            }
        } else if (until != null
                && until.place() == place
                && (place == KillPlace.OWN || until.inRecovery() != recovered)
                && timesLeft.decrementAndGet() <= 0) {
            stop();
        }
    }

    private void stop() {
        talk.say(number, Talk.TRAPPED);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody killed this process", e);
        }
    }

    private InstantSource clock() {
        return () -> Instant.now().plus(ahead.get());
    }

    /** What can happen while the engine waits happens before the wait is over. */
    private void waitFor(Duration duration) {
        talk.ask(number, Talk.WAITS);
        moveOn(duration);
    }

    private void moveOn(Duration duration) {
        ahead.accumulateAndGet(duration, Duration::plus);
    }
}
