package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The rows of one poll.
 *
 * @param rows the rows, oldest change first except during a first load; possibly none
 * @param next the position to poll next, opaque
 * @param last whether the set is caught up, so that the next poll may wait
 * @param <R> the type of a row
 */
public record FrontierPage<R>(List<R> rows, String next, boolean last) {

    /** Copies the rows. */
    public FrontierPage {
        rows = List.copyOf(rows);
        requireNonNull(next, "next");
    }
}
