package io.mlconnector.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.mlconnector.http.HttpAnswer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stripe answered with a fault. Read from the answer itself: the SDK stumbles over bodies that are not Stripe's. */
final class StripeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Pattern KEY = Pattern.compile("\\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+");
    private static final int LONGEST_MESSAGE = 500;

    private final String operation;
    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String param;
    private final @Nullable String requestId;
    private final boolean replayed;

    private StripeRefusedException(String operation, HttpAnswer answer, JsonObject error) {
        super(message(error, answer.status()), null, false, false);
        this.operation = operation;
        this.status = answer.status();
        this.type = text(error, "type", "");
        this.code = text(error, "code", "");
        String named = text(error, "param", "");
        this.param = named.isEmpty() ? null : named;
        this.requestId = answer.requestId().orElse(null);
        this.replayed = StripeTransport.replayed(answer) && !answer.followsUncertainAttempt();
    }

    static StripeRefusedException of(String operation, HttpAnswer answer) {
        return new StripeRefusedException(operation, answer, error(answer));
    }

    String operation() {
        return operation;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String code() {
        return code;
    }

    @Nullable String requestId() {
        return requestId;
    }

    /** Stripe names a parameter with such a part. */
    boolean names(String part) {
        return param != null && param.contains(part);
    }

    /** The object is not there, or no longer. */
    boolean missing() {
        return status == 404;
    }

    /**
     * The answer belongs to a call of an earlier run, so the key gives no other answer for a day. That call ended long ago; it may
     * have had its effect. A fault that Stripe repeats within one run is no such thing: it may still be set right over there.
     */
    boolean keySpent() {
        return replayed || (type.equals("idempotency_error") && status != 409);
    }

    /** Stripe did not do what was asked, now or when the key was first used. */
    boolean withoutEffect() {
        return status < 500 && !type.equals("idempotency_error");
    }

    /** What a person needs: what was refused, why, and where. */
    String reason() {
        return operation + " answered " + status + (code.isEmpty() ? "" : " " + code)
                + (param == null ? "" : " for " + param) + ": " + getMessage();
    }

    private static String message(JsonObject error, int status) {
        String message = text(error, "message", "no explanation with status " + status);
        String masked = KEY.matcher(message).replaceAll("***").replaceAll("\\p{Cntrl}", " ");
        return masked.length() > LONGEST_MESSAGE ? masked.substring(0, LONGEST_MESSAGE) : masked;
    }

    private static JsonObject error(HttpAnswer answer) {
        try {
            JsonElement json = JsonParser.parseString(answer.text());
            if (json.isJsonObject() && json.getAsJsonObject().get("error") instanceof JsonObject error) {
                return error;
            }
        } catch (JsonParseException | StackOverflowError html) {
            // a gateway's page says no more than its status
        }
        return new JsonObject();
    }

    private static String text(JsonObject error, String name, String otherwise) {
        JsonElement value = error.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : otherwise;
    }
}
