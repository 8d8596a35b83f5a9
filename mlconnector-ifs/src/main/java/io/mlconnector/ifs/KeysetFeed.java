package io.mlconnector.ifs;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.http.StampKind;
import io.mlconnector.mapping.Row;
import java.time.Duration;
import java.time.Instant;

/** The changes of one set, found and paged by the values of its modified column and its key. */
final class KeysetFeed implements Feed {

    private final SetReader reader;
    private final ODataSet set;
    private final Duration overlap;
    private final int pageSize;

    KeysetFeed(SetReader reader, Duration overlap, int pageSize) {
        this.reader = reader;
        this.set = new ODataSet(reader);
        this.overlap = overlap;
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        return reader.path().text();
    }

    @Override
    public FeedPage poll(String position) {
        FrontierPage<Row> page = frontier().poll(position);
        return new FeedPage(page.rows(), set.takeUnreadable(), page.next(), page.last());
    }

    /** Throws if the set does not filter and order as it must. */
    void verify() {
        frontier().verify();
        set.takeUnreadable();
    }

    private Frontier<Row, Instant> frontier() {
        return Frontier.builder(name(), set, StampKind.time(overlap))
                .pageSize(pageSize)
                .build();
    }

    /**
     * The same changes, but only those since the source was first polled: for parts of records that the first load of
     * the records reads anyway.
     */
    Feed sinceNow() {
        return new Feed() {
            @Override
            public String name() {
                return KeysetFeed.this.name();
            }

            @Override
            public String start() {
                return frontier().now();
            }

            @Override
            public FeedPage poll(String position) {
                return KeysetFeed.this.poll(position);
            }
        };
    }
}
