package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
import java.util.List;

/** Tells in pages which rows may have changed. For one thread at a time. */
interface Feed {

    /** A name that stays, for the position. */
    String name();

    /** Reads the next page after a position; empty is the start. */
    FeedPage poll(String position);

    /**
     * The rows of one poll.
     *
     * @param rows rows that may have changed
     * @param unreadable rows that have no readable key or stamp
     * @param next the position to poll next
     * @param last whether the feed is caught up
     */
    record FeedPage(List<Row> rows, List<Row> unreadable, String next, boolean last) {}
}
