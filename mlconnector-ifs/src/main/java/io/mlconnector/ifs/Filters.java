package io.mlconnector.ifs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds conditions in OData's syntax, not encoded. An empty text is no condition. */
final class Filters {

    private Filters() {}

    static String all(List<String> conditions) {
        return conditions.stream().filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" and "));
    }

    static String any(List<String> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : "(" + String.join(" or ", conditions) + ")";
    }

    /** The rows that come after the given values in the order of the columns. */
    static String after(List<String> columns, List<String> literals) {
        var branches = new ArrayList<String>();
        var equal = new ArrayList<String>();
        for (int at = 0; at < columns.size(); at++) {
            var branch = new ArrayList<>(equal);
            branch.add(columns.get(at) + " gt " + literals.get(at));
            branches.add(branch.size() == 1 ? branch.get(0) : "(" + all(branch) + ")");
            equal.add(columns.get(at) + " eq " + literals.get(at));
        }
        return any(branches);
    }

    /** The rows with one of several keys; a column that is the same in all keys is named once. */
    static String among(List<String> columns, List<List<String>> literals) {
        var conditions = new ArrayList<String>();
        var varying = new ArrayList<Integer>();
        for (int at = 0; at < columns.size(); at++) {
            int column = at;
            String first = literals.get(0).get(at);
            if (literals.stream().allMatch(key -> key.get(column).equals(first))) {
                conditions.add(columns.get(at) + " eq " + first);
            } else {
                varying.add(at);
            }
        }
        if (!varying.isEmpty()) {
            conditions.add(any(literals.stream()
                    .map(key -> {
                        List<String> parts = varying.stream()
                                .map(at -> columns.get(at) + " eq " + key.get(at))
                                .toList();
                        return parts.size() == 1 ? parts.get(0) : "(" + all(parts) + ")";
                    })
                    .toList()));
        }
        return all(conditions);
    }
}
