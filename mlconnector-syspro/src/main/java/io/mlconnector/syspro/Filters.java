package io.mlconnector.syspro;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions in OData's syntax. */
final class Filters {

    private Filters() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String all(List<String> conditions) {
        return conditions.stream().filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" and "));
    }

    static String any(List<String> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : "(" + String.join(" or ", conditions) + ")";
    }

    /** Rows with the values. */
    static String same(List<String> columns, List<String> literals) {
        var parts = new ArrayList<String>();
        for (int at = 0; at < columns.size(); at++) {
            parts.add(columns.get(at) + " eq " + literals.get(at));
        }
        return parts.size() == 1 ? parts.get(0) : "(" + all(parts) + ")";
    }

    /** The rows that come after the given values in the order of the columns. */
    static String after(List<String> columns, List<String> literals) {
        var branches = new ArrayList<String>();
        for (int at = 0; at < columns.size(); at++) {
            var branch = new ArrayList<String>();
            for (int equal = 0; equal < at; equal++) {
                branch.add(columns.get(equal) + " eq " + literals.get(equal));
            }
            branch.add(columns.get(at) + " gt " + literals.get(at));
            branches.add(branch.size() == 1 ? branch.get(0) : "(" + all(branch) + ")");
        }
        return any(branches);
    }
}
