package io.mlconnector.jdbc.kill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops the process for good where it is to be killed, and tells the parent, which then kills it. */
final class Hold implements Trap {

    static final String SIGNAL = "TRAPPED";

    private final Kill kill;
    private final AtomicInteger times;

    Hold(Kill kill) {
        this.kill = kill;
        this.times = new AtomicInteger(kill.times());
    }

    @Override
    public void reached(Place place) {
        if (place == kill.place() && times.decrementAndGet() <= 0) {
            System.out.println(SIGNAL);
            System.out.flush();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody killed this process", e);
            }
        }
    }
}
