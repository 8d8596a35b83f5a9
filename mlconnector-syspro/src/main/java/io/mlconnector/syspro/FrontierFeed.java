package io.mlconnector.syspro;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.mapping.Row;

/** The changes of a table, found and paged by the values of a column and its key. */
final class FrontierFeed<S extends Comparable<? super S>> implements Feed {

    private final String name;
    private final TableSet<S> set;
    private final Frontier<Row, S> frontier;

    FrontierFeed(TableReader reader, Stamp<S> stamp, int pageSize) {
        this.name = reader.table().name() + "." + stamp.column();
        this.set = new TableSet<>(reader, stamp);
        this.frontier =
                Frontier.builder(name, set, stamp.kind()).pageSize(pageSize).build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FeedPage poll(String position) {
        FrontierPage<Row> page = frontier.poll(position);
        return new FeedPage(page.rows(), set.takeUnreadable(), page.next(), page.last());
    }

    /** Throws if the table does not filter and order as it must. */
    void verify() {
        frontier.verify();
        set.takeUnreadable();
    }
}
