package io.mlconnector.engine;

import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.PositionStore;
import java.util.HashMap;
import java.util.Map;

/** The positions and notes of an {@link InMemoryLedger}. */
final class InMemoryLedgerPositions implements PositionStore {

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerPositions(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public Position position(String flow) {
        transaction.reading();
        return state.positions.getOrDefault(flow, Position.START);
    }

    @Override
    public void save(String flow, Position position) {
        transaction.writing(flow);
        transaction.set(state.positions, flow, position);
    }

    @Override
    public Map<String, String> notes(String flow) {
        transaction.reading();
        return Map.copyOf(state.notes.getOrDefault(flow, Map.of()));
    }

    @Override
    public void save(String flow, Notes notes) {
        transaction.writing(flow);
        Map<String, String> kept = state.notes.computeIfAbsent(flow, name -> new HashMap<>());
        notes.changes().forEach((name, text) -> transaction.set(kept, name, text));
    }
}
