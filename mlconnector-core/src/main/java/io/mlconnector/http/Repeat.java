package io.mlconnector.http;

/** Whether a call whose outcome is uncertain may be sent again. A call of which surely nothing was done is always repeatable. */
public enum Repeat {
    /** It reads, or its effect is the same however often it is sent, such as a request for a token. */
    SAFE,
    /** It carries an idempotency key that the remote system honours; every attempt carries the same. */
    KEYED,
    /**
     * It carries an {@code If-Match} with a version, so that a second execution is refused. A 412 may then be the answer to our own
     * earlier attempt, see {@link HttpAnswer#followsUncertainAttempt()}.
     */
    CONDITIONAL,
    /** Anything else: sent again only if surely nothing was done. */
    ONCE
}
