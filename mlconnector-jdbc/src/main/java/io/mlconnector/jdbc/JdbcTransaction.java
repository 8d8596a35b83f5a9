package io.mlconnector.jdbc;

import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.PositionStore;
import io.mlconnector.spi.WebhookInbox;

/** The stores of a {@link JdbcLedger} within one transaction. */
final class JdbcTransaction implements LedgerTransaction {

    private final Session session;

    JdbcTransaction(Session session) {
        this.session = session;
    }

    @Override
    public MappingStore mappings() {
        return new JdbcMappingStore(session);
    }

    @Override
    public PositionStore positions() {
        return new JdbcPositionStore(session);
    }

    @Override
    public IntentStore intents() {
        return new JdbcIntentStore(session);
    }

    @Override
    public DeadLetterStore deadLetters() {
        return new JdbcDeadLetterStore(session);
    }

    @Override
    public WebhookInbox inbox() {
        return new JdbcWebhookInbox(session);
    }

    @Override
    public AuditLog audit() {
        return new JdbcAuditLog(session);
    }
}
