package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows of one table with one layout, under a condition that always holds. Safe for threads. */
final class TableReader {

    /** HTTP.sys takes 16 KB for request line and headers. */
    private static final int LONGEST_URL = 12_000;

    private final ODataClient client;
    private final Table table;
    private final RowLayout layout;
    private final List<String> standing;

    TableReader(ODataClient client, Table table, RowLayout layout, List<String> standing) {
        this.client = client;
        this.table = table;
        this.layout = layout;
        this.standing =
                standing.stream().filter(condition -> !condition.isEmpty()).toList();
    }

    Table table() {
        return table;
    }

    /** The same rows under one more condition. */
    TableReader where(String condition) {
        var more = new ArrayList<>(standing);
        more.add(condition);
        return new TableReader(client, table, layout, more);
    }

    ODataClient.Answered page(List<String> conditions, List<String> orderBy, int top, int skip) {
        return client.page(table, query(conditions, orderBy, layout.paths(), top, skip), layout);
    }

    /** The first value of a column in an order, and when the server sent it. */
    ODataClient.Answered first(List<String> conditions, String column, boolean descending) {
        List<String> order = List.of(column + (descending ? " desc" : ""));
        return client.page(table, query(conditions, order, List.of(column), 1, 0), RowLayout.of(List.of(column)));
    }

    private ODataClient.Query query(
            List<String> conditions, List<String> orderBy, List<String> columns, int top, int skip) {
        var all = new ArrayList<>(standing);
        all.addAll(conditions);
        return new ODataClient.Query(Filters.all(all), orderBy, columns, top, skip);
    }

    boolean fits(List<String> conditions) {
        return client.length(table, query(conditions, table.keys(), layout.paths(), 5000, 0)) <= LONGEST_URL;
    }

    /** The row with a key. */
    Optional<Row> row(List<String> key) {
        if (key.size() != table.keys().size()) {
            return Optional.empty();
        }
        String same = Filters.same(table.keys(), key.stream().map(Filters::text).toList());
        return page(List.of(same), table.keys(), 1, 0).rows().stream().findFirst();
    }

    /** The values of the key; empty if one of them is not there. */
    Optional<List<String>> key(Row row) {
        return texts(row, table.keys());
    }

    Optional<List<String>> texts(Row row, List<String> columns) {
        var values = new ArrayList<String>(columns.size());
        for (String column : columns) {
            String text = row.text(layout.slot(column));
            if (text == null || text.isBlank()) {
                return Optional.empty();
            }
            values.add(text.stripTrailing());
        }
        return Optional.of(values);
    }

    RowLayout layout() {
        return layout;
    }
}
