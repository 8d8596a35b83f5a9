package io.mlconnector.ifs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What an error answer says. Every part may be empty: gateways answer in HTML, and IFS with a code that is null.
 *
 * @param code the code of the OData provider, such as {@code DATABASE_ERROR}
 * @param text the message and the details in one line
 */
record ErrorBody(String code, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 500;

    static ErrorBody of(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            var text = new StringBuilder(error.path("message").asText(""));
            for (JsonNode detail : error.path("details")) {
                text.append(' ')
                        .append(detail.path("code").asText(""))
                        .append(' ')
                        .append(detail.path("message").asText(""));
            }
            return new ErrorBody(error.path("code").asText(""), shortened(text.toString()));
        } catch (IOException e) {
            return new ErrorBody("", "");
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return (code + " " + text).strip();
    }
}
