package io.mlconnector.testkit.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints that the sandbox knows. A path with fewer variables wins. */
final class Routes {

    private static final Parameter EXPAND = Parameter.optional("expand", Types.list(Types.text(500), 20));

    private final List<Route> routes = new ArrayList<>();

    void get(String pattern, Kind kind, Schema schema, Operation operation) {
        add("GET", pattern, kind, schema, operation);
    }

    void get(String pattern, Kind kind, Operation operation) {
        add("GET", pattern, kind, Schema.of(), operation);
    }

    void post(String pattern, Kind kind, Schema schema, Operation operation) {
        add("POST", pattern, kind, schema, operation);
    }

    void delete(String pattern, Kind kind, Operation operation) {
        add("DELETE", pattern, kind, Schema.of(), operation);
    }

    @Nullable Match find(String method, String path) {
        List<String> segments = segments(path);
        Match best = null;
        for (Route route : routes) {
            Map<String, String> variables = route.method().equals(method) ? route.match(segments) : null;
            if (variables != null
                    && (best == null || variables.size() < best.variables().size())) {
                best = new Match(route, variables);
            }
        }
        return best;
    }

    private void add(String method, String pattern, Kind kind, Schema schema, Operation operation) {
        routes.add(new Route(method, pattern, segments(pattern), kind.area(), schema.with(EXPAND), operation));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    record Match(Route route, Map<String, String> variables) {}
}
