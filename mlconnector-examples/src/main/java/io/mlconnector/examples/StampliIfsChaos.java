package io.mlconnector.examples;

import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRequest;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Lost answers of writes, 429 and 502 at IFS Cloud. */
final class StampliIfsChaos implements Chaos {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private final IfsSandbox ifs;
    private final Strikes strikes = new Strikes();
    private final CountDownLatch middle = new CountDownLatch(1);

    StampliIfsChaos(IfsSandbox ifs, int vouchers) {
        this.ifs = ifs;
        Predicate<IfsRequest> inTheMiddle =
                strikes.every(vouchers, "IFS Cloud answers to a dead process", StampliIfsChaos::makesVoucher);
        ifs.failNext(1, request -> inTheMiddle.test(request) && reached(), IfsFault.slow(Duration.ofMinutes(5)));
        ifs.failNext(ALWAYS, strikes.every(61, "IFS Cloud answers lost", IfsRequest::isWrite), IfsFault.answerLost());
        ifs.failNext(
                ALWAYS,
                strikes.every(71, "IFS Cloud 429", IfsRequest::isWrite),
                IfsFault.throttledFor(Duration.ofSeconds(1)));
        ifs.failNext(ALWAYS, strikes.every(83, "IFS Cloud 502", IfsRequest::isWrite), IfsFault.badGateway());
    }

    private static boolean makesVoucher(IfsRequest request) {
        return request.isWrite() && request.path().endsWith("VoucherSet");
    }

    private boolean reached() {
        middle.countDown();
        return true;
    }

    @Override
    public Map<String, Map<String, String>> settings() {
        return Map.of();
    }

    @Override
    public void awaitMiddle(Duration longest) throws InterruptedException {
        if (!middle.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no voucher came within " + longest);
        }
    }

    @Override
    public void letGo() {
        ifs.releaseAnswers();
    }

    @Override
    public Map<String, Integer> struck() {
        return strikes.counts();
    }
}
