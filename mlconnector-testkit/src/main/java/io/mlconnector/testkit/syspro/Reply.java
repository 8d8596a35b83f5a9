package io.mlconnector.testkit.syspro;

import io.mlconnector.testkit.internal.LoopbackServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer before it goes out. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) implements LoopbackServer.Answer {

    static final Charset NARROW = Charset.forName("windows-1252");

    Reply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** As e.net answers: the bare text, also for documents, which declare Windows-1252. */
    static Reply enet(String text) {
        return of(200, "application/octet-stream", text.getBytes(NARROW));
    }

    static Reply html(int status, String title) {
        return of(
                status,
                "text/html",
                "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\"http://www.w3.org/TR/html4/strict.dtd\">\r\n"
                        + "<html><head><title>" + title + "</title></head><body><h2>" + title + "</h2></body></html>");
    }

    Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
