package io.mlconnector.http;

import java.io.IOException;

/** An answer has more bytes than the connection takes, before or after decompression. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the answer has more than " + limit + " bytes");
    }
}
