package io.mlconnector.testkit.bill;

import java.util.ArrayList;
import java.util.List;

/** What was called, and how many calls were under way. */
final class Traffic {

    private final List<BillRequest> requests = new ArrayList<>();
    private final int slots;
    private int inFlight;
    private int peak;

    Traffic(int slots) {
        this.slots = slots;
    }

    /** Takes a slot. */
    synchronized boolean enter() {
        if (inFlight >= slots) {
            return false;
        }
        inFlight++;
        peak = Math.max(peak, inFlight);
        return true;
    }

    synchronized void exit() {
        inFlight--;
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
}
