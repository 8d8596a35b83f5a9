package io.mlconnector.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole answer, decompressed and in memory. Immutable apart from {@link #body()}; prints neither headers nor body. */
public final class HttpAnswer {

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final @Nullable String requestId;
    private final boolean followsUncertainAttempt;

    HttpAnswer(
            int status, HttpHeaders headers, byte[] body, @Nullable String requestId, boolean followsUncertainAttempt) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.requestId = requestId;
        this.followsUncertainAttempt = followsUncertainAttempt;
    }

    /**
     * Returns the status code.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * Returns whether the status is one of 200 to 299.
     *
     * @return whether it is a success
     */
    public boolean success() {
        return status >= 200 && status < 300;
    }

    /**
     * Returns the headers as they were received.
     *
     * @return the headers
     */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the first value of a header.
     *
     * @param name the name, in any case
     * @return the value, if there is one
     */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * Returns the body, not copied because it may be large: do not change it.
     *
     * @return the bytes after decompression, possibly none
     */
    public byte[] body() {
        return body;
    }

    /**
     * Returns a new stream over the body.
     *
     * @return the stream; needs no closing
     */
    public InputStream stream() {
        return new ByteArrayInputStream(body);
    }

    /**
     * Returns the body as text in the charset of {@code Content-Type}, or in UTF-8 if none is named or known.
     *
     * @return the text
     */
    public String text() {
        return new String(body, charset());
    }

    /**
     * Returns the id under which the remote system knows the call, from the first of the connection's request id headers.
     *
     * @return the id, if the answer has one
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * Returns whether an earlier attempt of the same call may have taken effect. A 409 or 412 may then speak of our own write.
     *
     * @return whether the answer follows an uncertain attempt
     */
    public boolean followsUncertainAttempt() {
        return followsUncertainAttempt;
    }

    private Charset charset() {
        Matcher matcher = CHARSET.matcher(header("Content-Type").orElse(""));
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", bytes=" + body.length + "]";
    }
}
