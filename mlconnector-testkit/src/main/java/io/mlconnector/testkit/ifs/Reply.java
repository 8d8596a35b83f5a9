package io.mlconnector.testkit.ifs;

import io.mlconnector.testkit.internal.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer before it goes out. Immutable. */
final class Reply implements LoopbackServer.Answer {

    static final String JSON = "application/json;odata.metadata=minimal";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(int status, String title) {
        return of(
                status,
                "text/html;charset=UTF-8",
                "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply withBody(byte[] other) {
        return new Reply(status, headers, other);
    }

    /** The same answer with the second half of its body missing. */
    Reply truncated() {
        return withBody(Arrays.copyOf(body, body.length / 2));
    }

    /** The same answer without the version of its row. */
    Reply withoutEtag() {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove("ETag");
        String text = new String(body, StandardCharsets.UTF_8);
        String bare = text.replaceAll("\"@odata\\.etag\":\"(\\\\.|[^\"\\\\])*\",", "");
        return new Reply(status, fewer, bare.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public byte[] body() {
        return body;
    }
}
