package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import java.util.List;

/** Tells in pages which rows may have changed. For one thread at a time. */
interface Feed {

    /** A name that stays, for the position. */
    String name();

    /** The position before the first poll. Asked before any feed of the source is polled. */
    default String start() {
        return "";
    }

    /** Reads the next page after a position. */
    FeedPage poll(String position);

    /**
     * The rows of one poll.
     *
     * @param rows rows that may have changed
     * @param unreadable rows that have no readable key or stamp
     * @param next the position to poll next
     * @param last whether the feed is caught up
     * @param logged what a history log tells besides
     */
    record FeedPage(List<Row> rows, List<Row> unreadable, String next, boolean last, Logged logged) {

        FeedPage(List<Row> rows, List<Row> unreadable, String next, boolean last) {
            this(rows, unreadable, next, last, Logged.NOTHING);
        }
    }
}
