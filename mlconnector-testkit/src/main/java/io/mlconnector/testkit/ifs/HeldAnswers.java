package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps slow answers back until their time is over or a test lets them go. */
final class HeldAnswers {

    private CountDownLatch gate = new CountDownLatch(1);

    void hold(Duration duration) throws InterruptedException {
        // whether the gate opened early does not matter: the answer goes out either way
        boolean unused = gate().await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized CountDownLatch gate() {
        return gate;
    }

    synchronized void release() {
        gate.countDown();
        gate = new CountDownLatch(1);
    }
}
