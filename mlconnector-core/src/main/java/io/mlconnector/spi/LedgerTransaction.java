package io.mlconnector.spi;

/** The stores of a ledger within one transaction. Valid on the calling thread until the work returns. */
public interface LedgerTransaction {

    /**
     * Returns which record is which.
     *
     * @return the store
     */
    MappingStore mappings();

    /**
     * Returns how far flows have read.
     *
     * @return the store
     */
    PositionStore positions();

    /**
     * Returns the writes that were about to be sent.
     *
     * @return the store
     */
    IntentStore intents();

    /**
     * Returns the records that were put aside.
     *
     * @return the store
     */
    DeadLetterStore deadLetters();

    /**
     * Returns the events that were received.
     *
     * @return the store
     */
    WebhookInbox inbox();

    /**
     * Returns what was done.
     *
     * @return the log
     */
    AuditLog audit();
}
