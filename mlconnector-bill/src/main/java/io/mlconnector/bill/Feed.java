package io.mlconnector.bill;

import io.mlconnector.mapping.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way by which a source learns what has changed. For one thread at a time. */
interface Feed {

    /** Returns a name that positions carry. */
    String name();

    /** Reads on from a position of this feed, "" the first time. */
    FeedPage poll(String position);

    /**
     * A page.
     *
     * @param rows whole rows of the source's list
     * @param unreadable rows without id or time
     * @param next where to go on
     * @param last whether the feed is caught up
     * @param serverTime what BILL's clock showed; null if it does not tell
     */
    record FeedPage(
            List<Row> rows,
            List<Row> unreadable,
            String next,
            boolean last,
            @Nullable Instant serverTime) {}
}
