package io.mlconnector.testkit.syspro;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A posting whose answer is held back, so that its sender can be killed without having seen it. Safe for threads. */
public final class HeldPost {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final boolean effectFirst;

    HeldPost(boolean effectFirst) {
        this.effectFirst = effectFirst;
    }

    SysproFault fault() {
        return SysproFault.of((server, telling) -> {
            Optional<Reply> reply = effectFirst ? Optional.of(server.get()) : Optional.empty();
            arrived.countDown();
            if (!await()) {
                return Optional.empty();
            }
            return reply.isPresent() ? reply : Optional.of(server.get());
        });
    }

    private boolean await() {
        try {
            return released.await(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits until the posting has come in, and has taken effect if it was to take it first.
     *
     * @param longest how long to wait
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if it does not come in time
     */
    public void awaitArrival(Duration longest) throws InterruptedException {
        if (!arrived.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no posting came within " + longest);
        }
    }

    /** Lets it go: takes effect now, if it has not yet, and answers. */
    public void release() {
        released.countDown();
    }
}
