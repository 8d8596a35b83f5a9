package io.mlconnector.http;

/**
 * Tells from an answer whether its call is to be repeated. Adapters hand in their own where a system uses status codes oddly, and
 * fall back on {@link #DEFAULT} for the rest. Called on the calling thread; safe for threads.
 */
@FunctionalInterface
public interface Classifier {

    /**
     * Goes by the status alone: 401 is {@code UNAUTHENTICATED}; 425 and 429 are {@code RETRY_NOTHING_DONE}; 408 and 5xx are
     * {@code RETRY_IF_REPEATABLE}, but 501 and 505 are {@code FINAL} like all others.
     */
    Classifier DEFAULT = answer -> {
        int status = answer.status();
        if (status == 401) {
            return Verdict.UNAUTHENTICATED;
        }
        if (status == 425 || status == 429) {
            return Verdict.RETRY_NOTHING_DONE;
        }
        boolean transientFault = status == 408 || (status >= 500 && status != 501 && status != 505);
        return transientFault ? Verdict.RETRY_IF_REPEATABLE : Verdict.FINAL;
    };

    /**
     * Classifies an answer. Redirects that are followed never arrive here.
     *
     * @param answer any answer, with any status and any body, possibly HTML of a gateway
     * @return the verdict
     */
    Verdict classify(HttpAnswer answer);
}
