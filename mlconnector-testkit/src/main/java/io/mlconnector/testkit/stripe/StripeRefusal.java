package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An error answer. {@code beforeExecution} refusals are not remembered under an idempotency key. */
final class StripeRefusal extends RuntimeException {

    static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final boolean beforeExecution;

    StripeRefusal(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message,
            boolean beforeExecution) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.beforeExecution = beforeExecution;
    }

    /** A parameter that is refused before anything runs. */
    static StripeRefusal parameter(@Nullable String code, @Nullable String param, String message) {
        return new StripeRefusal(400, INVALID_REQUEST, code, param, message, true);
    }

    static StripeRefusal missing(String param) {
        return parameter("parameter_missing", param, "Missing required param: " + param + ".");
    }

    static StripeRefusal exclusive(String param, String... alternatives) {
        return parameter(
                null, param, "You may only specify one of these parameters: " + String.join(", ", alternatives) + ".");
    }

    /** A business rule that is found broken while the call runs. */
    static StripeRefusal rule(@Nullable String code, @Nullable String param, String message) {
        return new StripeRefusal(400, INVALID_REQUEST, code, param, message, false);
    }

    static StripeRefusal noSuch(int status, String noun, String id, String param) {
        String message = "No such " + noun + ": '" + id + "'";
        return new StripeRefusal(status, INVALID_REQUEST, "resource_missing", param, message, false);
    }

    int status() {
        return status;
    }

    boolean beforeExecution() {
        return beforeExecution;
    }

    ObjectNode body(String requestId, long now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        if (code != null) {
            error.put("code", code);
            error.put(
                    "doc_url",
                    "https://stripe.com/docs/error-codes/"
                            + code.replace('_', '-').toLowerCase(Locale.ROOT));
        }
        error.put("message", getMessage());
        if (param != null) {
            error.put("param", param);
        }
        error.put("request_log_url", "https://dashboard.stripe.com/test/logs/" + requestId + "?t=" + now);
        error.put("type", type);
        return body;
    }
}
