package io.mlconnector.cloudsuite;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.mapping.Row;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What M3 says against a transaction. The message is in the language of the user, so only the code tells what it means.
 *
 * @param code the message id, such as {@code XRE0103}; possibly empty
 * @param field the input field it is about; possibly empty
 * @param type the kind, such as {@code ServerReturnedNOK}; possibly empty
 * @param message what a person can read
 */
record MiError(String code, String field, String type, String message) {

    private static final Set<String> NO_SUCH_NAME = Set.of("TransactionNotFound", "ProgramNotFound");

    /** Message ids of M3 end in 03 where a record is not there, and in 04 where it is. */
    private static final Pattern NOT_THERE = Pattern.compile("XRE0103|W[A-Z0-9]{2,4}03");

    private static final Pattern THERE = Pattern.compile("XRE0104|W[A-Z0-9]{2,4}04");

    /** The error of a result; empty if it has none. */
    static Optional<MiError> of(Row result) {
        return of(
                text(result.text("errorCode")),
                text(result.text("errorField")),
                text(result.text("errorType")),
                text(result.text("errorMessage")));
    }

    /** The error of an answer that is no success: in its first result or at its top. */
    static Optional<MiError> of(JsonNode body) {
        JsonNode result = body.path("results").path(0);
        Optional<MiError> first = of(
                result.path("errorCode").asText(""),
                result.path("errorField").asText(""),
                result.path("errorType").asText(""),
                result.path("errorMessage").asText(""));
        if (first.isPresent()) {
            return first;
        }
        String message = firstText(body, "errorMessage", "terminationReason", "Message", "message", "error");
        return of(
                firstText(body, "errorCode", "@code"),
                firstText(body, "errorField", "@field"),
                firstText(body, "errorType", "terminationErrorType", "@type"),
                message);
    }

    private static Optional<MiError> of(String code, String field, String type, String message) {
        if (code.isBlank() && type.isBlank() && message.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new MiError(code.strip(), field.strip(), type.strip(), readable(message, code, field)));
    }

    /** The message repeats code and field behind long runs of blanks. */
    private static String readable(String message, String code, String field) {
        String text = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        for (String tail : new String[] {field.strip(), code.strip()}) {
            if (!tail.isEmpty() && text.endsWith(" " + tail)) {
                text = text.substring(0, text.length() - tail.length()).strip();
            }
        }
        return text.length() <= 300 ? text : text.substring(0, 300);
    }

    boolean recordIsMissing() {
        return NOT_THERE.matcher(code).matches();
    }

    boolean recordExists() {
        return THERE.matcher(code).matches();
    }

    boolean isNotAuthorized() {
        return code.startsWith("XAU");
    }

    boolean isNoSuchName() {
        return NO_SUCH_NAME.contains(type);
    }

    private static String firstText(JsonNode body, String... names) {
        for (String name : names) {
            String text = body.path(name).asText("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(message.isEmpty() ? type : message);
        if (!code.isEmpty() || !field.isEmpty()) {
            text.append(" (").append((code + " " + field).strip()).append(')');
        }
        return text.toString();
    }
}
