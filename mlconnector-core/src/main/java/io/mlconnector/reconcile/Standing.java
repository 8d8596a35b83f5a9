package io.mlconnector.reconcile;

/** Where an invoice stands with its money. */
public enum Standing {
    /** It has no counterpart at the payment system yet. */
    NOT_SENT,
    /** Nothing has been paid. */
    OPEN,
    /** Less was paid than is owed. */
    PART_PAID,
    /** What is owed was paid. */
    MATCHED,
    /** More was paid than is owed. */
    OVER_PAID,
    /** Money was given back. */
    REFUNDED,
    /** A payment is contested, or was lost to its payer. */
    DISPUTED
}
