package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.http.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an answer says that is no success: all entries of BILL's array, or the beginning of whatever else came.
 *
 * @param status the status
 * @param entries codes and messages
 * @param excerpt the beginning of the body if it is no error of BILL's; empty otherwise
 */
record BillError(int status, List<Entry> entries, String excerpt) {

    static final String SYSTEM_ERROR = "BDC_1001";
    static final String BAD_PASSWORD = "BDC_1101";
    static final String BAD_DEVELOPER_KEY = "BDC_1102";
    static final String NO_SESSION = "BDC_1109";
    static final String HOURLY_LIMIT = "BDC_1144";
    static final String CONCURRENT_LIMIT = "BDC_1322";
    static final String UNTRUSTED = "BDC_1361";

    private static final int LONGEST_EXCERPT = 500;

    BillError {
        entries = List.copyOf(entries);
    }

    record Entry(String code, String message) {
        @Override
        public String toString() {
            return code.isEmpty() ? message : message.isEmpty() ? code : code + " " + message;
        }
    }

    static BillError of(HttpAnswer answer) {
        JsonNode body = Json.readOrMissing(answer.body());
        var entries = new ArrayList<Entry>();
        if (body.isArray()) {
            body.forEach(item -> add(entries, item, "code", "message"));
        } else if (body.isObject()) {
            add(entries, body, "code", "message");
            add(entries, body.path("response_data"), "error_code", "error_message");
        }
        return new BillError(answer.status(), entries, entries.isEmpty() ? excerpt(answer.text()) : "");
    }

    private static void add(List<Entry> entries, JsonNode item, String code, String message) {
        if (item.hasNonNull(code) || item.hasNonNull(message)) {
            entries.add(
                    new Entry(item.path(code).asText(""), cut(item.path(message).asText(""))));
        }
    }

    boolean has(String code) {
        return entries.stream().anyMatch(entry -> entry.code().equals(code));
    }

    /** BILL has one code for a session that was never trusted and, some say, for one that has ended. */
    boolean untrusted() {
        return entries.stream()
                .anyMatch(entry -> entry.code().equals(UNTRUSTED)
                        && entry.message().toLowerCase(Locale.ROOT).contains("untrusted"));
    }

    boolean sessionEnded() {
        return has(NO_SESSION) || (has(UNTRUSTED) && !untrusted());
    }

    boolean limited() {
        return has(HOURLY_LIMIT) || has(CONCURRENT_LIMIT);
    }

    /** Returns the first code, or the status. */
    String code() {
        return entries.stream()
                .map(Entry::code)
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse(String.valueOf(status));
    }

    @Override
    public String toString() {
        String said = entries.stream().map(Entry::toString).collect(Collectors.joining("; "));
        String all = said.isEmpty() ? excerpt : said;
        return "status " + status + (all.isEmpty() ? "" : " (" + all + ")");
    }

    /** A page of a gateway, without its tags. */
    private static String excerpt(String text) {
        return cut(text.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }
}
