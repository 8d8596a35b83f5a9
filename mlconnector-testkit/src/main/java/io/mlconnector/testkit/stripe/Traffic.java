package io.mlconnector.testkit.stripe;

import java.util.ArrayList;
import java.util.List;

/** Counts calls. */
final class Traffic {

    private final List<StripeRequest> requests = new ArrayList<>();
    private int running;
    private int peak;

    synchronized void enter() {
        running++;
        peak = Math.max(peak, running);
    }

    /** Counts a call before its answer leaves, so that its caller already finds it. */
    synchronized void record(StripeRequest request) {
        requests.add(request);
    }

    synchronized void leave() {
        running--;
    }

    synchronized List<StripeRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized int peak() {
        return peak;
    }
}
