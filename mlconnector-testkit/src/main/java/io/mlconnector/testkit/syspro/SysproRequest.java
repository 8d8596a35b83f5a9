package io.mlconnector.testkit.syspro;

/**
 * A request as faults and counters see it.
 *
 * @param kind what is asked
 * @param subject the table or the business object; empty where there is none
 */
public record SysproRequest(Kind kind, String subject) {

    /** What a request asks. */
    public enum Kind {
        /** Rows of a table, or {@code $metadata}, by OData. */
        READ,
        /** A session for an operator. */
        LOGON,
        /** The end of a session. */
        LOGOFF,
        /** What is known of a session. */
        PROFILE,
        /** A question to a business object. */
        QUERY,
        /** A posting by a business object. */
        POST,
        /** Anything else. */
        OTHER
    }
}
