package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The system query options of a request, checked against the set. */
record QueryOptions(
        FilterParser.Filter filter,
        Ordering ordering,
        Optional<List<Column>> select,
        OptionalInt top,
        int skip,
        boolean count,
        int skipToken) {

    private static final Set<String> NOT_SIMULATED =
            Set.of("$expand", "$apply", "$search", "$compute", "$deltatoken", "$levels");
    private static final Set<String> COLLECTION_ONLY =
            Set.of("$filter", "$orderby", "$top", "$skip", "$count", "$skiptoken");

    /** Options of a query over a set. */
    static QueryOptions ofCollection(EntitySetDefinition definition, String query) {
        Map<String, String> options = decode(query);
        return new QueryOptions(
                Optional.ofNullable(options.get("$filter"))
                        .map(text -> FilterParser.parse(definition, text))
                        .orElse(FilterParser.Filter.ALL),
                Optional.ofNullable(options.get("$orderby"))
                        .map(text -> Ordering.parse(definition, text))
                        .orElse(Ordering.NONE),
                select(definition, options),
                number(options, "$top"),
                number(options, "$skip").orElse(0),
                count(options),
                number(options, "$skiptoken").orElse(0));
    }

    /** Options of a request for one row: the columns to show. */
    static Optional<List<Column>> ofEntity(EntitySetDefinition definition, String query) {
        Map<String, String> options = decode(query);
        for (String option : options.keySet()) {
            if (COLLECTION_ONLY.contains(option)) {
                throw notAllowed(option);
            }
        }
        return select(definition, options);
    }

    static Map<String, String> decode(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String item : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            if (item.indexOf('+') >= 0) {
                // a gateway may read a plus as a blank, so only %2B and %20 are safe
                throw Refusal.badRequest("The URI is malformed.");
            }
            String[] parts = item.split("=", 2);
            String name = PercentCode.decode(parts[0]);
            String value = parts.length == 2 ? PercentCode.decode(parts[1]) : "";
            if (name.startsWith("$")) {
                check(name, value);
                if (options.put(name, value) != null) {
                    throw notAllowed(name);
                }
            }
        }
        return options;
    }

    private static void check(String name, String value) {
        if (NOT_SIMULATED.contains(name)) {
            throw Refusal.notImplemented();
        }
        boolean known = COLLECTION_ONLY.contains(name) || name.equals("$select") || name.equals("$format");
        if (!known || (name.equals("$format") && !value.equals("json") && !value.startsWith("application/json"))) {
            throw notAllowed(name);
        }
    }

    private static Refusal notAllowed(String option) {
        return Refusal.badRequest("The system query option '" + option + "' is not allowed here.");
    }

    private static OptionalInt number(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("\\d{1,9}")) {
            throw Refusal.badRequest(
                    "The system query option '" + name + "' has the not-allowed value '" + value + "'.");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    private static boolean count(Map<String, String> options) {
        String value = options.getOrDefault("$count", "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusal.badRequest("The system query option '$count' has the not-allowed value '" + value + "'.");
        }
        return value.equals("true");
    }

    private static Optional<List<Column>> select(EntitySetDefinition definition, Map<String, String> options) {
        String text = options.get("$select");
        if (text == null || text.equals("*")) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String name = item.strip();
            columns.add(definition.column(name).orElseThrow(() -> Ordering.unknown(definition, name)));
        }
        return Optional.of(columns);
    }
}
