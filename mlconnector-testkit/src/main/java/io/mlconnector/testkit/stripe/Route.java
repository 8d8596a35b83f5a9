package io.mlconnector.testkit.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One endpoint: method, path pattern such as {@code /v1/invoices/{id}}, permission area, parameters and operation. */
record Route(String method, String pattern, List<String> segments, String area, Schema schema, Operation operation) {

    String permission() {
        return area + (method.equals("GET") ? ":read" : ":write");
    }

    /** The variables of a path that this pattern fits, else null. */
    @Nullable Map<String, String> match(List<String> path) {
        if (path.size() != segments.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return null;
            }
        }
        return variables;
    }
}
