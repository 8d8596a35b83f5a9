package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call after its parameters have been read: path variables and typed parameters. */
record Invocation(String path, Map<String, String> variables, ObjectNode params) {

    String id() {
        return variable("id");
    }

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no variable " + name);
        }
        return value;
    }

    boolean has(String parameter) {
        return params.has(parameter);
    }

    @Nullable String text(String parameter) {
        return params.hasNonNull(parameter) ? params.get(parameter).asText() : null;
    }

    boolean isTrue(String parameter) {
        return params.path(parameter).asBoolean(false);
    }
}
