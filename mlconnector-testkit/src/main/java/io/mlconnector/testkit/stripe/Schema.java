package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters that an endpoint, or a nested object of one, knows. Everything else is refused. */
final class Schema implements ParameterType {

    private final Map<String, Parameter> parameters;

    private Schema(Map<String, Parameter> parameters) {
        this.parameters = parameters;
    }

    static Schema of(Parameter... parameters) {
        return new Schema(new LinkedHashMap<>()).with(parameters);
    }

    Schema with(Parameter... more) {
        Map<String, Parameter> all = new LinkedHashMap<>(parameters);
        for (Parameter parameter : more) {
            all.put(parameter.name(), parameter);
        }
        return new Schema(all);
    }

    ObjectNode read(FormValue.Group form) {
        return members("", form);
    }

    @Override
    public JsonNode read(String name, FormValue value) {
        if (value instanceof FormValue.Group group) {
            return members(name, group);
        }
        throw StripeRefusal.parameter(null, name, "Invalid object");
    }

    private ObjectNode members(String prefix, FormValue.Group group) {
        for (String name : group.members().keySet()) {
            if (!parameters.containsKey(name)) {
                throw StripeRefusal.parameter(
                        "parameter_unknown", path(prefix, name), "Received unknown parameter: " + path(prefix, name));
            }
        }
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (Parameter parameter : parameters.values()) {
            FormValue value = group.members().get(parameter.name());
            String path = path(prefix, parameter.name());
            if (value == null) {
                if (parameter.required()) {
                    throw StripeRefusal.missing(path);
                }
            } else if (isEmpty(value)) {
                read.set(parameter.name(), cleared(parameter, path));
            } else {
                read.set(parameter.name(), parameter.type().read(path, value));
            }
        }
        return read;
    }

    private static JsonNode cleared(Parameter parameter, String path) {
        if (parameter.clearable()) {
            return JsonNodeFactory.instance.nullNode();
        }
        throw StripeRefusal.parameter(
                "parameter_invalid_empty",
                path,
                "You passed an empty string for '" + path + "', which cannot be unset.");
    }

    private static boolean isEmpty(FormValue value) {
        return value instanceof FormValue.Text text && text.value().isEmpty();
    }

    private static String path(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "[" + name + "]";
    }
}
