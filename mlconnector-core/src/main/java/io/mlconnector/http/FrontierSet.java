package io.mlconnector.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A remote set of rows that can be filtered and ordered by a stamp and a key. An adapter implements it with one request per method;
 * the {@link Frontier} decides what is asked. Called by one thread at a time. Every answer shows one committed state of the set.
 *
 * <p>Rows without a stamp are out of reach of polling by stamp; only the first load by key and a full sweep find them.
 *
 * <p>Exceptions of the methods pass through {@link Frontier#poll} unchanged.
 *
 * @param <R> the type of a row
 * @param <S> the type of a stamp
 */
public interface FrontierSet<R, S> {

    /**
     * Returns the newest stamp that is visible now, such as {@code $orderby=stamp desc&$top=1}.
     *
     * @param atMost only rows with this stamp or an earlier one count; null for all rows
     * @return the newest stamp and the time of the remote clock
     */
    FrontierProbe<S> probe(@Nullable S atMost);

    /**
     * Returns the first rows of a window in ascending order of (stamp, key parts), all parts of the key included in the order. The
     * server may return fewer than {@code size}; it returns none only if there are none. Links to a next page are not followed.
     *
     * @param window which stamps
     * @param after only rows that come after this one in that order, compared by value, or null for the first
     * @param size how many rows at most
     * @return the rows
     */
    List<R> pageByStamp(FrontierWindow<S> window, @Nullable FrontierCursor<S> after, int size);

    /**
     * Returns the first rows of the whole set in ascending order of the key parts. Not called if the {@link Frontier} loads by stamp.
     *
     * @param after only rows whose key comes after these parts, or null for the first
     * @param size how many rows at most
     * @return the rows; none only if there are none
     */
    List<R> pageByKey(@Nullable List<String> after, int size);

    /**
     * Returns the stamp of a row in its full precision.
     *
     * @param row the row
     * @return the stamp, null only where the row has none
     */
    @Nullable S stampOf(R row);

    /**
     * Returns the parts of a row's key in their order, as text that {@link #pageByStamp} understands.
     *
     * @param row the row
     * @return the parts, at least one
     */
    List<String> keyOf(R row);
}
