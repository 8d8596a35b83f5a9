package io.mlconnector.testkit.cloudsuite;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;

/** Collects how a sandbox behaves. For one thread. */
public final class CloudSuiteSandboxBuilder {

    InstantSource clock = InstantSource.system();
    Duration tokenLifetime = Duration.ofHours(2);
    int tokensPerDay = 100;
    int requestsPerMinute = 1_000_000;
    boolean apsPrograms;
    boolean paymentList = true;
    boolean paddedValues;
    boolean swedish;
    boolean ignoresTime;

    CloudSuiteSandboxBuilder() {}

    /**
     * Sets the clock of the server; the default is the system's.
     *
     * @param clock tells the time
     * @return this builder
     */
    public CloudSuiteSandboxBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets how long a token lives; the default is two hours.
     *
     * @param lifetime the time
     * @return this builder
     */
    public CloudSuiteSandboxBuilder tokenLifetime(Duration lifetime) {
        this.tokenLifetime = requireNonNull(lifetime, "lifetime");
        return this;
    }

    /**
     * Sets how many tokens the client gets in a day; the default is 100.
     *
     * @param tokens at least 1
     * @return this builder
     */
    public CloudSuiteSandboxBuilder tokensPerDay(int tokens) {
        this.tokensPerDay = tokens;
        return this;
    }

    /**
     * Sets how many requests the gateway lets through in any minute; more are 429. The default is no limit to speak of.
     *
     * @param requests at least 1
     * @return this builder
     */
    public CloudSuiteSandboxBuilder requestsPerMinute(int requests) {
        this.requestsPerMinute = requests;
        return this;
    }

    /**
     * Gives the tenant customer invoices by APS100MI and payments by APS110MI, as no standard tenant has them. Payments by them are
     * posted at once.
     *
     * @return this builder
     */
    public CloudSuiteSandboxBuilder withApsPrograms() {
        this.apsPrograms = true;
        return this;
    }

    /**
     * Takes the list of posted payments away, which an administrator makes in CMS015.
     *
     * @return this builder
     */
    public CloudSuiteSandboxBuilder withoutPaymentList() {
        this.paymentList = false;
        return this;
    }

    /**
     * Pads values with blanks on both sides, as flat lists of M3 do.
     *
     * @return this builder
     */
    public CloudSuiteSandboxBuilder withPaddedValues() {
        this.paddedValues = true;
        return this;
    }

    /**
     * Lets M3 speak Swedish, as to a user of that language.
     *
     * @return this builder
     */
    public CloudSuiteSandboxBuilder inSwedish() {
        this.swedish = true;
        return this;
    }

    /**
     * Lets the list of customers take no notice of the time that it is asked for.
     *
     * @return this builder
     */
    public CloudSuiteSandboxBuilder withListsThatIgnoreTime() {
        this.ignoresTime = true;
        return this;
    }

    /**
     * Starts the sandbox on a free port of this machine.
     *
     * @return the sandbox
     */
    public CloudSuiteSandbox start() {
        return new CloudSuiteSandbox(this);
    }
}
