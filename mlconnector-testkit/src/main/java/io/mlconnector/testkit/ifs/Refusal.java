package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error answer in the shape of the product. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient Reply reply;

    Refusal(Reply reply) {
        super("answered with " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    static Refusal badRequest(String message) {
        return of(400, null, message);
    }

    static Refusal incompatibleTypes(String left, String right) {
        return badRequest("The types '" + left + "' and '" + right + "' are not compatible.");
    }

    static Refusal deserialization(String message) {
        return of(400, "ODP_DESERIALIZATION_ERROR", message);
    }

    static Refusal notFound() {
        return of(404, "ODP_RESOURCE_NOTFOUND", "Resource not found.");
    }

    static Refusal notImplemented() {
        return of(501, "ODP_NOT_IMPLEMENTED", "Not implemented.");
    }

    static Refusal of(int status, @Nullable String code, String message) {
        return new Refusal(answer(status, code, message));
    }

    /** A business error: the product answers those with status 500. */
    static Refusal database(String code, String message) {
        return new Refusal(databaseAnswer(code, message));
    }

    static Reply answer(int status, @Nullable String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("code", code).put("message", message);
        return Reply.of(status, Reply.JSON, root.toString());
    }

    static Reply databaseAnswer(String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", "DATABASE_ERROR").put("message", "A database error occurred.");
        error.putArray("details").addObject().put("code", code).put("message", message);
        return Reply.of(500, Reply.JSON, root.toString());
    }
}
