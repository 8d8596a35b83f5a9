package io.mlconnector.testkit.bill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;

/** Collects how a sandbox behaves. For one thread. */
public final class BillSandboxBuilder {

    private InstantSource clock = InstantSource.system();
    private Duration latency = Duration.ZERO;
    private Duration grace = Duration.ZERO;
    private Duration idleLimit = Duration.ofMinutes(35);
    private int callsAtOnce = 3;
    private int requestsPerHour = 20_000;
    private boolean listsShowArchived;
    private boolean paymentsMoveBills;

    BillSandboxBuilder() {}

    /**
     * Sets the clock that the sandbox starts from; the default is the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public BillSandboxBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets how long every call takes; the default is no time.
     *
     * @param time the time
     * @return this builder
     */
    public BillSandboxBuilder latency(Duration time) {
        latency = requireNonNull(time, "time");
        return this;
    }

    /**
     * Counts time in rounds: every call takes the {@link #latency}, but by the sandbox's clock, and calls that run at once end together.
     * What is used of the calls at once is then a count, whatever the machine does besides.
     *
     * @param longest how long a call waits for others before it goes on alone, by the machine's clock
     * @return this builder
     */
    public BillSandboxBuilder rounds(Duration longest) {
        grace = requireNonNull(longest, "longest");
        return this;
    }

    /**
     * Sets after what time without a call a session ends; the default is 35 minutes.
     *
     * @param time the time
     * @return this builder
     */
    public BillSandboxBuilder idleLimit(Duration time) {
        idleLimit = requireNonNull(time, "time");
        return this;
    }

    /**
     * Sets how many calls may run at once; the default is 3.
     *
     * @param calls at least 1
     * @return this builder
     */
    public BillSandboxBuilder callsAtOnce(int calls) {
        callsAtOnce = positive("calls", calls);
        return this;
    }

    /**
     * Sets how many calls an hour are allowed; the default is 20,000.
     *
     * @param calls at least 1
     * @return this builder
     */
    public BillSandboxBuilder requestsPerHour(int calls) {
        requestsPerHour = positive("calls", calls);
        return this;
    }

    /**
     * Sets whether lists show archived rows when they are not asked for; the default is no.
     *
     * @param show whether they do
     * @return this builder
     */
    public BillSandboxBuilder listsShowArchived(boolean show) {
        listsShowArchived = show;
        return this;
    }

    /**
     * Sets whether a payment moves the time of its bill; the default is no.
     *
     * @param move whether it does
     * @return this builder
     */
    public BillSandboxBuilder paymentsMoveBills(boolean move) {
        paymentsMoveBills = move;
        return this;
    }

    /**
     * Starts the sandbox.
     *
     * @return the running sandbox
     */
    public BillSandbox start() {
        return new BillSandbox(this);
    }

    InstantSource clock() {
        return clock;
    }

    Duration latency() {
        return latency;
    }

    Duration grace() {
        return grace;
    }

    Duration idleLimit() {
        return idleLimit;
    }

    int callsAtOnce() {
        return callsAtOnce;
    }

    int requestsPerHour() {
        return requestsPerHour;
    }

    boolean listsShowArchived() {
        return listsShowArchived;
    }

    boolean paymentsMoveBills() {
        return paymentsMoveBills;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
        return value;
    }
}
