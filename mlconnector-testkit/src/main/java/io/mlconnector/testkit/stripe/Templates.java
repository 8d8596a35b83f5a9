package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The full shape of every object, with the fields that the sandbox never changes already filled in. */
final class Templates {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Kind, ObjectNode> SHAPES = load();

    private Templates() {}

    static ObjectNode of(Kind kind) {
        ObjectNode shape = SHAPES.get(kind);
        if (shape == null) {
            throw new IllegalArgumentException("no shape for " + kind);
        }
        return shape.deepCopy();
    }

    private static Map<Kind, ObjectNode> load() {
        try (InputStream in = Templates.class.getResourceAsStream("shapes.json")) {
            if (in == null) {
                throw new IllegalStateException("shapes.json is missing beside " + Templates.class);
            }
            ObjectNode all = (ObjectNode) JSON.readTree(in);
            Map<Kind, ObjectNode> shapes = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                if (all.path(kind.object()) instanceof ObjectNode shape) {
                    shapes.put(kind, shape);
                }
            }
            return shapes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
