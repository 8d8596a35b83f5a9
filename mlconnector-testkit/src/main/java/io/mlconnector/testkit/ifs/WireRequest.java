package io.mlconnector.testkit.ifs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came in. Header names are held in lower case; path and query are still percent-encoded. */
final class WireRequest {

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;

    WireRequest(String method, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        this.method = method;
        this.path = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? "" : target.substring(question + 1);
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    byte[] body() {
        return body;
    }

    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the header asks for decimals and 64-bit numbers as JSON strings. */
    boolean numbersAsText(String headerName) {
        return header(headerName).orElse("").replace(" ", "").contains("IEEE754Compatible=true");
    }
}
