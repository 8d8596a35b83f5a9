package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * The right to write for a flow. Whoever acquires it later gets a higher epoch, and from then on writes under an older
 * one are refused.
 *
 * @param flow the flow
 * @param epoch the fencing epoch, from 1
 */
public record Lease(String flow, long epoch) {

    /** Refuses null. */
    public Lease {
        requireNonNull(flow, "flow");
    }
}
