package io.mlconnector.http;

import java.util.List;

/**
 * The last row that was read, as a place in the order of (stamp, key).
 *
 * @param stamp its stamp
 * @param key the parts of its key
 * @param <S> the type of a stamp
 */
public record FrontierCursor<S>(S stamp, List<String> key) {

    /** Copies the key. */
    public FrontierCursor {
        key = List.copyOf(key);
    }
}
