package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys of one page, to find those that repeat. The table serves all pages of a run. For one thread. */
final class PageKeys {

    private @Nullable RecordKey[] table = new RecordKey[0];

    /** Forgets all keys, and makes room. */
    void clear(int expected) {
        int size = Integer.highestOneBit(Math.max(8, expected)) * 4;
        if (table.length < size) {
            table = new RecordKey[size];
        } else {
            Arrays.fill(table, null);
        }
    }

    /** Returns whether the key was not there before. No more keys than expected may be added. */
    boolean add(RecordKey key) {
        int hash = key.hashCode();
        int place = (hash ^ (hash >>> 16)) & (table.length - 1);
        while (true) {
            RecordKey other = table[place];
            if (other == null) {
                table[place] = key;
                return true;
            }
            if (other.equals(key)) {
                return false;
            }
            place = (place + 1) & (table.length - 1);
        }
    }
}
