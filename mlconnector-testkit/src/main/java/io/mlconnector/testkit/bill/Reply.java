package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What is answered to one call. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, String type, byte[] body) {

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(int status, String text) {
        String page = "<html><head><title>" + text + "</title></head><body><h1>" + text + "</h1></body></html>";
        return new Reply(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }
}
