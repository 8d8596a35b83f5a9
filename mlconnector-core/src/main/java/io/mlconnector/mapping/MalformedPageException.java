package io.mlconnector.mapping;

import org.jspecify.annotations.Nullable;

/** A whole page cannot be read: it was cut off, or it is something else. No record of it has been delivered. */
public class MalformedPageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param rule what a page must be
     * @param cause the fault below, if any
     */
    public MalformedPageException(String rule, @Nullable Throwable cause) {
        super(rule, cause);
    }
}
