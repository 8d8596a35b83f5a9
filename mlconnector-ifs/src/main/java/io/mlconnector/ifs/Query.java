package io.mlconnector.ifs;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked of a set. A {@code $top} is always sent, because without one a server may cut the answer silently.
 *
 * @param filter the condition, not encoded; empty for none
 * @param orderBy the order
 * @param select the columns
 * @param top how many rows at most
 * @param skip how many rows to leave out first
 */
record Query(String filter, List<String> orderBy, List<String> select, int top, int skip) {

    Query(String filter, List<String> orderBy, List<String> select, int top) {
        this(filter, orderBy, select, top, 0);
    }

    Query skipping(int rows) {
        return new Query(filter, orderBy, select, top, rows);
    }

    String encoded() {
        var query = new StringBuilder("$select=").append(PercentEncoding.ofQuery(columns(select)));
        if (!filter.isEmpty()) {
            query.append("&$filter=").append(PercentEncoding.ofQuery(filter));
        }
        if (!orderBy.isEmpty()) {
            query.append("&$orderby=").append(PercentEncoding.ofQuery(String.join(",", orderBy)));
        }
        query.append("&$top=").append(top);
        if (skip > 0) {
            query.append("&$skip=").append(skip);
        }
        return query.toString();
    }

    /** Annotations such as the ETag come by themselves and cannot be selected. */
    static String columns(List<String> paths) {
        return paths.stream()
                .filter(path -> !path.startsWith("@"))
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')))
                .distinct()
                .collect(Collectors.joining(","));
    }
}
