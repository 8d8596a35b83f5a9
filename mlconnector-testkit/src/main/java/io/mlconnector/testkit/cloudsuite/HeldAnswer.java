package io.mlconnector.testkit.cloudsuite;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer that is held back after M3 has executed its request. */
public final class HeldAnswer {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldAnswer() {}

    void hold() {
        arrived.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the request has been executed.
     *
     * @param longest how long to wait, in real time
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException if it does not come in time
     */
    public void awaitArrival(Duration longest) throws InterruptedException {
        if (!arrived.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the request did not come within " + longest);
        }
    }

    /** Lets the answer go. */
    public void release() {
        released.countDown();
    }
}
