package io.mlconnector.http;

import java.util.concurrent.Semaphore;

/**
 * How many calls may be on their way at once. What shares a remote limit shares one instance. Whoever waits longest goes next.
 *
 * <p>Safe for threads.
 */
public final class CallSlots {

    /** Any number. */
    public static final CallSlots UNLIMITED = new CallSlots(Integer.MAX_VALUE);

    private final Semaphore free;

    private CallSlots(int calls) {
        free = new Semaphore(calls, true);
    }

    /**
     * Returns slots for so many calls.
     *
     * @param calls at least 1
     * @return the slots
     * @throws IllegalArgumentException if it is below 1
     */
    public static CallSlots of(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1: " + calls);
        }
        return new CallSlots(calls);
    }

    void take() throws InterruptedException {
        free.acquire();
    }

    void giveBack() {
        free.release();
    }
}
