package io.mlconnector.ifs;

import io.mlconnector.http.FrontierException;
import io.mlconnector.mapping.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages by position, for sets that have no usable order. Rows that change while they are read can be missed, which the
 * vendor says too; the log warns of it.
 */
final class SkipFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(SkipFeed.class);

    private final SetReader reader;
    private final Duration overlap;
    private final int pageSize;
    private boolean warned;

    SkipFeed(SetReader reader, Duration overlap, int pageSize) {
        this.reader = reader;
        this.overlap = overlap;
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        return reader.path().text();
    }

    @Override
    public FeedPage poll(String position) {
        if (!warned) {
            warned = true;
            LOG.warn("{} is paged by position: rows that change while they are read can be missed", reader.path());
        }
        Place place = Place.parse(position);
        String modified = reader.entity().modifiedField();
        List<String> conditions = place.from() == null
                ? List.of()
                : List.of(modified + " ge " + place.from().minus(overlap));
        List<Row> rows = reader.rows(conditions, List.of(modified), pageSize, place.skip());
        Instant newest = place.newest();
        var unreadable = new ArrayList<Row>();
        for (Row row : rows) {
            Instant stamp = reader.shape().stamp(row);
            if (reader.shape().key(row).isEmpty()) {
                unreadable.add(row);
            }
            if (stamp != null && (newest == null || stamp.isAfter(newest))) {
                newest = stamp;
            }
        }
        boolean last = rows.isEmpty(); // a short page may have been cut by the server
        Place next = last ? new Place(newest, newest, 0) : new Place(place.from(), newest, place.skip() + rows.size());
        List<Row> readable =
                rows.stream().filter(row -> !unreadable.contains(row)).toList();
        return new FeedPage(readable, unreadable, next.toString(), last);
    }

    /**
     * How far the set was read.
     *
     * @param from the newest stamp of the last cycle; null in the first
     * @param newest the newest stamp seen so far; null if none was
     * @param skip how many rows of this cycle were read
     */
    private record Place(@Nullable Instant from, @Nullable Instant newest, int skip) {

        static Place parse(String text) {
            if (text.isEmpty()) {
                return new Place(null, null, 0);
            }
            String[] parts = text.split(" ", -1);
            try {
                if (parts.length == 3) {
                    return new Place(instant(parts[0]), instant(parts[1]), Integer.parseInt(parts[2]));
                }
            } catch (DateTimeException | NumberFormatException e) {
                // the message below shows the text
            }
            throw new FrontierException("not a position of a set that is paged by position: " + text);
        }

        private static @Nullable Instant instant(String text) {
            return text.equals("-") ? null : Instant.parse(text);
        }

        @Override
        public String toString() {
            return (from == null ? "-" : from) + " " + (newest == null ? "-" : newest) + " " + skip;
        }
    }
}
