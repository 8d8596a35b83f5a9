package io.mlconnector.stampli;

/** What kind of document a row is, in Stampli's words. */
enum TransactionType {
    /** An invoice of a vendor. */
    BILL,
    /** A credit memo of a vendor; its amounts are positive in the file. */
    REFUND,
    /** A receipt for something that is paid already. */
    PAID_INVOICE,
    /** A credit on a company card. */
    CREDIT_CARD_CREDIT;

    /** Whether it is owed, and so becomes a bill. */
    boolean owed() {
        return this == BILL || this == REFUND;
    }
}
