package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a wire row are read, and into which slot. A path such as {@code Address/City} reaches into an object; a
 * path may also lead to a list, whose rows have a layout of their own. Immutable.
 */
public final class RowLayout {

    private final List<String> paths;
    private final Map<String, Integer> slots;
    private final Level root = new Level();

    private RowLayout(Map<String, Integer> slots, Map<String, RowLayout> lists, Set<String> decimals) {
        this.slots = slots;
        this.paths = List.copyOf(slots.keySet());
        slots.forEach((path, slot) -> {
            Level level = root;
            for (String name : path.split("/", -1)) {
                level = level.children.computeIfAbsent(name, ignored -> new Level());
            }
            level.slot = slot;
            level.list = lists.get(path);
            level.decimal = decimals.contains(path);
        });
    }

    /**
     * Returns a layout with a slot for each path, in order; a path that repeats shares its slot.
     *
     * @param paths names of wire fields
     * @return the layout
     */
    public static RowLayout of(Collection<String> paths) {
        return of(paths, Map.of());
    }

    /**
     * Returns a layout of single values and lists of rows.
     *
     * @param paths names of wire fields
     * @param lists path of a list to the layout of its rows; such a path takes a slot, too
     * @return the layout
     */
    public static RowLayout of(Collection<String> paths, Map<String, RowLayout> lists) {
        return of(paths, lists, Set.of());
    }

    /** Returns a layout with paths whose numbers the decoder reads as decimals, because a rule needs them so. */
    static RowLayout of(Collection<String> paths, Map<String, RowLayout> lists, Set<String> decimals) {
        var slots = new LinkedHashMap<String, Integer>();
        for (String path : paths) {
            slots.putIfAbsent(path, slots.size());
        }
        lists.forEach((path, layout) -> {
            requireNonNull(layout, path);
            slots.putIfAbsent(path, slots.size());
        });
        return new RowLayout(slots, lists, decimals);
    }

    /**
     * Returns the paths, in the order of their slots.
     *
     * @return names of wire fields
     */
    public List<String> paths() {
        return paths;
    }

    /**
     * Returns the slot of a path.
     *
     * @param path a path out of {@link #paths()}
     * @return its slot, from 0
     * @throws IllegalArgumentException if the layout does not have the path
     */
    public int slot(String path) {
        Integer slot = slots.get(path);
        if (slot == null) {
            throw new IllegalArgumentException("the layout has no path '" + path + "': " + slots.keySet());
        }
        return slot;
    }

    /**
     * Returns where a decoder begins.
     *
     * @return the level of the names at the top of a row
     */
    public Level root() {
        return root;
    }

    int size() {
        return paths.size();
    }

    /**
     * A level of the paths. A decoder walks its input beside the levels and skips what has none: the name of a field leads
     * to a slot, to deeper names, or to both. Immutable.
     */
    public static final class Level {

        private final Map<String, Level> children = new LinkedHashMap<>();
        private int slot = -1;
        private @Nullable RowLayout list;
        private boolean decimal;

        /**
         * Returns where a name leads.
         *
         * @param name as written on the wire
         * @return the level below; null if nothing under the name is read
         */
        public @Nullable Level child(String name) {
            return children.get(name);
        }

        /**
         * Returns whether names below this level are read.
         *
         * @return true if an object is expected here
         */
        public boolean hasChildren() {
            return !children.isEmpty();
        }

        /**
         * Returns the slot of the value here.
         *
         * @return from 0; -1 if no value is read here
         */
        public int slot() {
            return slot;
        }

        /**
         * Returns the layout of the rows of the list here.
         *
         * @return the layout; null if no list is expected
         */
        public @Nullable RowLayout list() {
            return list;
        }

        boolean decimal() {
            return decimal;
        }

        boolean leadsToList() {
            return list != null || children.values().stream().anyMatch(Level::leadsToList);
        }

        Collection<Level> children() {
            return children.values();
        }
    }
}
