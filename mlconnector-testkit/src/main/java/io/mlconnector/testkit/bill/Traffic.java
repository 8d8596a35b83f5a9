package io.mlconnector.testkit.bill;

import java.util.ArrayList;
import java.util.List;

/** What was called, and how many calls were under way. */
final class Traffic {

    private final List<BillRequest> requests = new ArrayList<>();
    private final int slots;
    private int inFlight;
    private int peak;
    private long measuredFrom;
    private long changedAt;
    private long slotNanos;
    private long lastExit;

    Traffic(int slots) {
        this.slots = slots;
        measure();
    }

    /** Takes a slot. */
    synchronized boolean enter() {
        if (inFlight >= slots) {
            return false;
        }
        account();
        inFlight++;
        peak = Math.max(peak, inFlight);
        return true;
    }

    synchronized void exit() {
        account();
        inFlight--;
        lastExit = System.nanoTime();
    }

    synchronized void record(BillRequest request) {
        requests.add(request);
    }

    synchronized List<BillRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized int peak() {
        return peak;
    }

    /** Begins to measure anew. */
    synchronized void measure() {
        measuredFrom = System.nanoTime();
        changedAt = measuredFrom;
        slotNanos = 0;
        lastExit = measuredFrom;
    }

    /** Returns the part of the slots' time that was used between the begin and the last answer. */
    synchronized double used() {
        account();
        long possible = (lastExit - measuredFrom) * slots;
        return possible == 0 ? 0 : (double) slotNanos / possible;
    }

    private void account() {
        long now = System.nanoTime();
        slotNanos += (now - changedAt) * inFlight;
        changedAt = now;
    }
}
