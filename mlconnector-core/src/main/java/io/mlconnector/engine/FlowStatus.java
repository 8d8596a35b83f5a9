package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a flow stands, out of the ledger.
 *
 * @param flow its name
 * @param source where it reads
 * @param target where it writes
 * @param position how far its source has been read
 * @param parked how many records wait for something
 * @param dead how many records were put aside until something is mended
 * @param inDoubt how many writes wait for a person
 * @param open how many writes were begun and are not settled: 0 unless the flow runs or its process died
 * @param lastWriteAt when the newest entry of its audit was made; null if there is none
 */
public record FlowStatus(
        String flow,
        Endpoint source,
        Endpoint target,
        Position position,
        int parked,
        int dead,
        int inDoubt,
        int open,
        @Nullable Instant lastWriteAt) {

    /** Refuses nulls. */
    public FlowStatus {
        requireNonNull(flow, "flow");
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(position, "position");
    }
}
