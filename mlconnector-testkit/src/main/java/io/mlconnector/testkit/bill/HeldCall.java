package io.mlconnector.testkit.bill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call whose answer waits until it is let go. */
public final class HeldCall {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldCall() {}

    /**
     * Waits until the call has come.
     *
     * @param seconds how long
     * @return whether it has
     * @throws InterruptedException if interrupted
     */
    public boolean awaitReached(long seconds) throws InterruptedException {
        return reached.await(seconds, TimeUnit.SECONDS);
    }

    /** Lets the answer go. */
    public void release() {
        released.countDown();
    }

    void hold() throws InterruptedException {
        reached.countDown();
        released.await();
    }
}
