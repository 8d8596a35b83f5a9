package io.mlconnector.mapping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of an object lead, by the order in which they came in the object before: rows are written alike, and the
 * parser gives equal names as the same text, so most names need no look-up. For one thread.
 */
final class MemberOrder {

    private static final int MOST_PLACES = 256;

    private final RowLayout.Level level;
    private @Nullable String[] names = new String[32];
    private RowLayout.@Nullable Level[] children = new RowLayout.Level[32];

    MemberOrder(RowLayout.Level level) {
        this.level = level;
    }

    /**
     * Returns where a name leads; null if nothing under it is read.
     *
     * @param place of the name in its object, from 0
     */
    @SuppressWarnings("ReferenceEquality") // equal names that are not the same are looked up
    RowLayout.@Nullable Level child(int place, String name) {
        if (place < names.length && names[place] == name) {
            return children[place];
        }
        RowLayout.Level child = level.child(name);
        if (place < MOST_PLACES) {
            if (place >= names.length) {
                names = Arrays.copyOf(names, 2 * names.length);
                children = Arrays.copyOf(children, 2 * children.length);
            }
            names[place] = name;
            children[place] = child;
        }
        return child;
    }
}
