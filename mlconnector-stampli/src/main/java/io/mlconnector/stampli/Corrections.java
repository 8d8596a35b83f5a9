package io.mlconnector.stampli;

/** What happens to an invoice that comes again with other content, or is voided, after it was delivered. */
enum Corrections {
    /** It becomes a dead letter that tells what differs. */
    REJECT,
    /** It is delivered as a change that the target may take while the invoice is not posted. */
    UPDATE_IF_UNPOSTED,
    /** It is delivered as a change that the target answers by a reversal and a new posting. */
    REVERSE_AND_REPOST
}
