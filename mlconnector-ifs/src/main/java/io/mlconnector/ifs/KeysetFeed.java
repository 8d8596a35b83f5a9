package io.mlconnector.ifs;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierException;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.http.StampKind;
import io.mlconnector.mapping.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The changes of one set, found and paged by the values of its modified column and its key. */
final class KeysetFeed implements Feed {

    private final SetReader reader;
    private final ODataSet set;
    private final Duration overlap;
    private final int pageSize;
    private final InstantSource clock;

    KeysetFeed(SetReader reader, Duration overlap, int pageSize, InstantSource clock) {
        this.reader = reader;
        this.set = new ODataSet(reader);
        this.overlap = overlap;
        this.pageSize = pageSize;
        this.clock = clock;
    }

    @Override
    public String name() {
        return reader.path().text();
    }

    @Override
    public FeedPage poll(String position) {
        return poll(position, null);
    }

    FeedPage poll(String position, @Nullable Instant from) {
        FrontierPage<Row> page = frontier(from).poll(position);
        return new FeedPage(page.rows(), set.takeUnreadable(), page.next(), page.last());
    }

    /** Throws if the set does not filter and order as it must. */
    void verify() {
        frontier(null).verify();
        set.takeUnreadable();
    }

    private Frontier<Row, Instant> frontier(@Nullable Instant from) {
        Frontier.Builder<Row, Instant> builder = Frontier.builder(name(), set, StampKind.time(overlap))
                .clock(clock)
                .pageSize(pageSize);
        return from == null ? builder.build() : builder.from(from).build();
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
                Instant newest = set.probe(null).newest();
                return (newest == null ? "-" : newest.minus(overlap)) + " ";
            }

            @Override
            public FeedPage poll(String position) {
                int blank = position.indexOf(' ');
                String since = blank < 0 ? "" : position.substring(0, blank);
                FeedPage page = KeysetFeed.this.poll(position.substring(blank + 1), since(since));
                return new FeedPage(page.rows(), page.unreadable(), since + " " + page.next(), page.last());
            }
        };
    }

    private @Nullable Instant since(String text) {
        if (text.equals("-")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new FrontierException("not a position of set " + name() + ": it begins with '" + text + "'");
        }
    }
}
