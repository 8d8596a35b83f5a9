package io.mlconnector.ifs;

import io.mlconnector.http.FrontierException;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.StampKind;
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
    private final ODataSet set;
    private final StampKind<Instant> kind;
    private final int pageSize;
    private boolean warned;

    SkipFeed(SetReader reader, Duration overlap, int pageSize) {
        this.reader = reader;
        this.set = new ODataSet(reader);
        this.kind = StampKind.time(overlap);
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
        if (place.skip() == 0) {
            place = new Place(place.from(), newest(), 0);
        }
        String modified = reader.entity().modifiedField();
        List<String> conditions =
                place.from() == null ? List.of() : List.of(modified + " ge " + kind.lowerBound(place.from()));
        List<Row> rows = reader.rows(conditions, List.of(modified), pageSize, place.skip());
        var unreadable = new ArrayList<Row>();
        for (Row row : rows) {
            if (reader.shape().key(row).isEmpty()) {
                unreadable.add(row);
            }
        }
        List<Row> readable =
                rows.stream().filter(row -> !unreadable.contains(row)).toList();
        boolean last = rows.isEmpty(); // a short page may have been cut by the server
        Place next = last ? place.end() : new Place(place.from(), place.newest(), place.skip() + rows.size());
        return new FeedPage(readable, unreadable, next.toString(), last);
    }

    /** The newest stamp before a cycle, so that the next one reads again what changed during it; none in the far future. */
    private @Nullable Instant newest() {
        FrontierProbe<Instant> probe = set.probe(null);
        Instant newest = probe.newest();
        Instant serverTime = probe.remoteTime();
        Instant latest =
                serverTime == null ? null : kind.latestPlausible(serverTime).orElse(null);
        boolean beyond = newest != null && latest != null && newest.isAfter(latest);
        return beyond ? set.probe(latest).newest() : newest;
    }

    /**
     * How far the set was read.
     *
     * @param from the newest stamp before the last cycle; null in the first
     * @param newest the newest stamp before this cycle; null if there was none
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

        Place end() {
            return new Place(newest == null ? from : newest, null, 0);
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
