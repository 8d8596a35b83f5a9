package io.mlconnector.examples;

import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import io.mlconnector.testkit.cloudsuite.CloudSuiteRequest;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.stripe.HeldCall;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Lost answers, 429, 503 and 504 on both sides; at Stripe also errors that hide an effect, which has to be looked up. */
final class CloudSuiteStripeChaos implements Chaos {

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Strikes strikes = new Strikes();
    private final HeldCall held;

    CloudSuiteStripeChaos(CloudSuiteSandbox m3, StripeSandbox stripe, int invoices) {
        held = stripe.holdNext(
                at(strikes.every(invoices / 2, "Stripe answers to a dead process", "POST /v1/invoices"::equals)));
        stripe.failNext(
                3,
                StripeFault.serverErrorAfterEffect(),
                at(strikes.every(invoices / 5, "Stripe 500 that hid an effect", "POST /v1/invoices"::equals)));
        stripe.failNext(
                ALWAYS,
                StripeFault.droppedAnswer(),
                at(strikes.every(83, "Stripe answers lost", call -> call.startsWith("POST "))));
        m3.failNext(
                ALWAYS,
                strikes.every(5, "CloudSuite answers lost", CloudSuiteStripeChaos::reads),
                CloudSuiteFault.answerLost());
        m3.failNext(
                ALWAYS,
                strikes.every(6, "CloudSuite 429", CloudSuiteStripeChaos::reads),
                CloudSuiteFault.throttledFor(SOON));
        m3.failNext(
                ALWAYS, strikes.every(7, "CloudSuite 504", CloudSuiteStripeChaos::reads), CloudSuiteFault.timeout());
    }

    private static boolean reads(CloudSuiteRequest request) {
        return !request.isTokenRequest() && !request.writes();
    }

    private static BiPredicate<String, String> at(Predicate<String> call) {
        return (method, path) -> call.test(method + " " + path);
    }

    @Override
    public Map<String, Map<String, String>> settings() {
        return Map.of("stripe-prod", Map.of("readTimeout", "PT5S", "settleTime", "PT5S"));
    }

    @Override
    public void awaitMiddle(Duration longest) throws InterruptedException {
        held.awaitArrival(longest);
    }

    @Override
    public void letGo() {
        held.release();
    }

    @Override
    public Map<String, Integer> struck() {
        return strikes.counts();
    }
}
