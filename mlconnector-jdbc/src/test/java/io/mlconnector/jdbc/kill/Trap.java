package io.mlconnector.jdbc.kill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops the process for good at the n-th time that it reaches a step, and tells the parent, which then kills it. */
final class Trap {

    static final String SIGNAL = "TRAPPED";

    private final Step step;
    private final AtomicInteger passes;

    Trap(Step step, int passes) {
        this.step = step;
        this.passes = new AtomicInteger(passes);
    }

    void reached(Step place) {
        if (place == step && passes.decrementAndGet() <= 0) {
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
