package io.mlconnector.examples;

import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRequest;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.HeldCall;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Lost answers, 429 and 503 on both sides; at Stripe also errors that hide an effect, which has to be looked up. */
final class IfsStripeChaos implements Chaos {

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Strikes strikes = new Strikes();
    private final HeldCall held;

    IfsStripeChaos(IfsSandbox ifs, StripeSandbox stripe, int invoices) {
        held = stripe.holdNext(
                at(strikes.every(invoices / 2, "Stripe answers to a dead process", "POST /v1/invoices"::equals)));
        stripe.failNext(
                3,
                StripeFault.serverErrorAfterEffect(),
                at(strikes.every(invoices / 5, "Stripe 500 that hid an effect", "POST /v1/invoices"::equals)));
        stripe.failNext(
                ALWAYS,
                StripeFault.droppedAnswer(),
                at(strikes.every(83, "Stripe answers lost", IfsStripeChaos::writes)));
        stripe.failNext(
                ALWAYS,
                StripeFault.rateLimited("global-rate"),
                at(strikes.every(101, "Stripe 429", IfsStripeChaos::writes)));
        stripe.failNext(
                ALWAYS, StripeFault.unavailable(), at(strikes.every(103, "Stripe 503", IfsStripeChaos::writes)));
        ifs.failNext(ALWAYS, strikes.every(5, "IFS Cloud answers lost", IfsStripeChaos::reads), IfsFault.answerLost());
        ifs.failNext(ALWAYS, strikes.every(6, "IFS Cloud 429", IfsStripeChaos::reads), IfsFault.throttledFor(SOON));
        ifs.failNext(ALWAYS, strikes.every(7, "IFS Cloud 503", IfsStripeChaos::reads), IfsFault.metadataOutdated());
    }

    private static boolean reads(IfsRequest request) {
        return !request.isTokenRequest();
    }

    private static boolean writes(String call) {
        return call.startsWith("POST ");
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
