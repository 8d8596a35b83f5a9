package io.mlconnector.engine.simulation;

import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.PositionStore;
import io.mlconnector.spi.WebhookInbox;
import java.util.List;
import java.util.Map;

/** A transaction that notes which positions it saves. */
record WatchedTransaction(LedgerTransaction inner, List<Position> saved) implements LedgerTransaction {

    @Override
    public MappingStore mappings() {
        return inner.mappings();
    }

    @Override
    public PositionStore positions() {
        PositionStore positions = inner.positions();
        return new PositionStore() {
            @Override
            public Position position(String flow) {
                return positions.position(flow);
            }

            @Override
            public void save(String flow, Position position) {
                positions.save(flow, position);
                saved.add(position);
            }

            @Override
            public Map<String, String> notes(String flow) {
                return positions.notes(flow);
            }

            @Override
            public void save(String flow, Notes notes) {
                positions.save(flow, notes);
            }
        };
    }

    @Override
    public IntentStore intents() {
        return inner.intents();
    }

    @Override
    public DeadLetterStore deadLetters() {
        return inner.deadLetters();
    }

    @Override
    public WebhookInbox inbox() {
        return inner.inbox();
    }

    @Override
    public AuditLog audit() {
        return inner.audit();
    }
}
