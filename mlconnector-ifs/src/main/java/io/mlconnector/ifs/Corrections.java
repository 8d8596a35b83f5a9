package io.mlconnector.ifs;

/** What becomes of a supplier invoice whose bill is corrected or voided after it was posted. */
enum Corrections {
    /** It stays, and the bill becomes a dead letter that tells what differs. */
    REJECT,
    /** It is changed with its voucher as long as neither is booked. */
    UPDATE_IF_UNPOSTED,
    /** A credit memo takes it back, and the corrected bill is posted under a number of its own. */
    REVERSE_AND_REPOST
}
