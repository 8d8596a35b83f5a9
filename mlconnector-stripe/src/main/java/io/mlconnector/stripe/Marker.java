package io.mlconnector.stripe;

import io.mlconnector.spi.IdempotencyKey;
import java.util.Map;

/**
 * Tells in the metadata of an object which update reached it last. The number grows with every update, so that content which comes
 * back within a day is not mistaken for a repetition by Stripe, whose keys live as long.
 *
 * @param number how many updates there were
 * @param key the last one; empty if there was none
 */
record Marker(int number, String key) {

    static final String NAME = "mlc_write";

    static Marker of(Map<String, String> metadata) {
        String value = metadata.getOrDefault(NAME, "");
        int colon = value.indexOf(':');
        if (colon < 1 || colon > 9 || !value.substring(0, colon).chars().allMatch(Character::isDigit)) {
            return new Marker(0, "");
        }
        return new Marker(Integer.parseInt(value.substring(0, colon)), value.substring(colon + 1));
    }

    boolean is(IdempotencyKey other) {
        return key.equals(other.value());
    }

    Marker next(IdempotencyKey nextKey) {
        return new Marker(number + 1, nextKey.value());
    }

    String value() {
        return number + ":" + key;
    }
}
