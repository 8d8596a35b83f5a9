package io.mlconnector.testkit.syspro;

/** A request that the OData service refuses. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Reply reply() {
        String text = String.valueOf(getMessage()).replace("\\", "\\\\").replace("\"", "\\\"");
        return Reply.of(status, "application/json", "{\"error\":{\"code\":\"\",\"message\":\"" + text + "\"}}");
    }
}
