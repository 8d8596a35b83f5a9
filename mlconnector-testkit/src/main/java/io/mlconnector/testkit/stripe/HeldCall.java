package io.mlconnector.testkit.stripe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call whose answer waits until a test lets it go. Safe for use by several threads. */
public final class HeldCall {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldCall() {}

    /**
     * Waits until the call has been executed and its answer is being held.
     *
     * @param timeout how long to wait at most
     * @throws IllegalStateException if no such call arrives in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitArrival(Duration timeout) throws InterruptedException {
        if (!arrived.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("no call arrived within " + timeout);
        }
    }

    /** Lets the answer go. */
    public void release() {
        released.countDown();
    }

    void hold() throws InterruptedException {
        arrived.countDown();
        released.await();
    }
}
