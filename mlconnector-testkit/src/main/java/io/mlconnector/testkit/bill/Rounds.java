package io.mlconnector.testkit.bill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time by rounds: a call takes as long as a round, and a round ends once as many calls are in it as may run at once, or no further one
 * comes for a while. So what is used of the calls at once is counted, and does not depend on how fast the machine is. Guarded by itself.
 */
final class Rounds {

    private final int slots;
    private final Duration length;
    private final Duration grace;
    private final MovableClock clock;
    private int waiting;
    private long number;
    private long counted;
    private long calls;

    Rounds(int slots, Duration length, Duration grace, MovableClock clock) {
        this.slots = slots;
        this.length = length;
        this.grace = grace;
        this.clock = clock;
    }

    synchronized void await() throws InterruptedException {
        waiting++;
        if (waiting == slots) {
            end();
            return;
        }
        long mine = number;
        long until = System.nanoTime() + grace.toNanos();
        while (number == mine) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                end();
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void end() {
        number++;
        counted++;
        calls += waiting;
        waiting = 0;
        clock.advance(length);
        notifyAll();
    }

    synchronized void measure() {
        counted = 0;
        calls = 0;
    }

    synchronized double used() {
        return counted == 0 ? 0 : (double) calls / (counted * slots);
    }
}
