package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether all is well. What happened before the engine was built is not known, except what the ledger keeps.
 *
 * @param ledger why the ledger cannot be read; null if it can
 * @param flows every flow, in the order in which they run; none if the ledger cannot be read
 * @param connections every connection, in alphabetical order
 */
public record Health(@Nullable String ledger, List<OfFlow> flows, List<OfConnection> connections) {

    /** How well something is. */
    public enum Status {
        /** All is well. */
        UP,
        /** It works, but a person should have a look. */
        DEGRADED,
        /** It does not work. */
        DOWN
    }

    /** Copies the lists. */
    public Health {
        flows = List.copyOf(flows);
        connections = List.copyOf(connections);
    }

    /**
     * Returns how well the whole is.
     *
     * @return the worst of all
     */
    public Status status() {
        return ledger != null
                ? Status.DOWN
                : Stream.concat(
                                flows.stream().map(OfFlow::status),
                                connections.stream().map(OfConnection::status))
                        .max(Comparator.naturalOrder())
                        .orElse(Status.UP);
    }

    /**
     * Returns everything that is not well.
     *
     * @return a line for each reason, with the name of its flow or connection
     */
    public List<String> reasons() {
        return Stream.of(
                        Stream.ofNullable(ledger).map(reason -> "ledger: " + reason),
                        flows.stream()
                                .flatMap(flow ->
                                        flow.reasons().stream().map(reason -> "flow " + flow.flow() + ": " + reason)),
                        connections.stream()
                                .flatMap(connection -> connection.reasons().stream()
                                        .map(reason -> "connection " + connection.connection() + ": " + reason)))
                .flatMap(lines -> lines)
                .toList();
    }

    /**
     * How a flow is.
     *
     * @param flow its name
     * @param status how well
     * @param reasons why it is not up
     * @param lastSuccessAt when a run last came to its end; null if none has yet
     * @param failuresInARow how many runs have failed since
     * @param behind how old the source's state is that has reached the target by now; null if that is not known
     * @param parked how many records wait for something
     * @param dead how many records were put aside until something is mended
     * @param inDoubt how many writes wait for a person
     */
    public record OfFlow(
            String flow,
            Status status,
            List<String> reasons,
            @Nullable Instant lastSuccessAt,
            int failuresInARow,
            @Nullable Duration behind,
            int parked,
            int dead,
            int inDoubt) {

        /** Refuses nulls. */
        public OfFlow {
            requireNonNull(flow, "flow");
            requireNonNull(status, "status");
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * How a connection is.
     *
     * @param connection its name
     * @param status how well
     * @param reasons why it is not up
     * @param state what is known of it
     */
    public record OfConnection(String connection, Status status, List<String> reasons, ConnectionState state) {

        /** Refuses nulls. */
        public OfConnection {
            requireNonNull(connection, "connection");
            requireNonNull(status, "status");
            requireNonNull(state, "state");
            reasons = List.copyOf(reasons);
        }
    }
}
