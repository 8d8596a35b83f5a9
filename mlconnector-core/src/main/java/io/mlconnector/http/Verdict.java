package io.mlconnector.http;

/** What an answer means for the repetition of its call. */
public enum Verdict {
    /** The answer is for the caller, be it a success or a refusal. */
    FINAL,
    /** The remote system did nothing and the same call may succeed later, such as 429. Retried whatever the call is. */
    RETRY_NOTHING_DONE,
    /** The call may have had its effect, such as 502. Retried if {@link Repeat} allows, otherwise the outcome is unknown. */
    RETRY_IF_REPEATABLE,
    /** The credentials were not accepted and nothing was done. Retried once if the {@link Authenticator} has others. */
    UNAUTHENTICATED
}
