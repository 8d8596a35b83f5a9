package io.mlconnector.bill;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Filters and order of a list. Filters are joined by AND. */
final class ListQuery {

    /** The most that BILL gives at once. */
    static final int MOST = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final List<String> filters;
    private final String sort;
    private final int max;

    private ListQuery(List<String> filters, String sort, int max) {
        this.filters = filters;
        this.sort = sort;
        this.max = max;
    }

    static ListQuery all() {
        return new ListQuery(List.of(), "", MOST);
    }

    ListQuery is(String field, String value) {
        return with(field, "eq", value);
    }

    ListQuery with(String field, String operator, String value) {
        return with(field + ":" + operator + ":" + value);
    }

    /** A text that may hold commas and colons goes in quotes; one that holds a quote cannot be asked for. */
    ListQuery isText(String field, String value) {
        return with(field + ":eq:" + quoted(value));
    }

    ListQuery startsWith(String field, String value) {
        return with(field + ":sw:" + quoted(value));
    }

    ListQuery in(String field, Collection<String> values) {
        return with(field + ":in:" + quoted(String.join(",", values)));
    }

    ListQuery from(String field, Instant time) {
        return with(field + ":gte:" + quoted(TIME.format(time)));
    }

    ListQuery before(String field, Instant time) {
        return with(field + ":lt:" + quoted(TIME.format(time)));
    }

    ListQuery sorted(String field, String direction) {
        return new ListQuery(filters, field + ":" + direction, max);
    }

    ListQuery most(int rows) {
        return new ListQuery(filters, sort, rows);
    }

    private ListQuery with(String filter) {
        var more = new ArrayList<>(filters);
        more.add(filter);
        return new ListQuery(List.copyOf(more), sort, max);
    }

    /** Returns the query of the first page. */
    String first() {
        var query = new StringBuilder("max=").append(max);
        if (!filters.isEmpty()) {
            query.append("&filters=").append(encoded(String.join(",", filters)));
        }
        if (!sort.isEmpty()) {
            query.append("&sort=").append(encoded(sort));
        }
        return query.toString();
    }

    /** The token carries filters and order; with them BILL would begin anew. */
    String page(String token) {
        return "max=" + max + "&page=" + encoded(token);
    }

    private static String quoted(String value) {
        if (value.indexOf('"') >= 0) {
            throw new IllegalArgumentException("BILL has no way to ask for a text with a quote: " + value);
        }
        return '"' + value + '"';
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
