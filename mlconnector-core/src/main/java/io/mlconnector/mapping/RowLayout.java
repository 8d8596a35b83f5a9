package io.mlconnector.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a wire row are read, and into which slot. A path such as {@code Address/City} reaches into an object.
 * Immutable.
 */
public final class RowLayout {

    private final Map<String, Integer> slots;
    private final Node root = new Node();

    private RowLayout(Map<String, Integer> slots) {
        this.slots = slots;
        slots.forEach((path, slot) -> {
            Node node = root;
            for (String name : path.split("/", -1)) {
                node = node.children.computeIfAbsent(name, ignored -> new Node());
            }
            node.slot = slot;
        });
    }

    /**
     * Returns a layout with a slot for each path, in order; a path that repeats shares its slot.
     *
     * @param paths names of wire fields
     * @return the layout
     */
    public static RowLayout of(Collection<String> paths) {
        var slots = new LinkedHashMap<String, Integer>();
        for (String path : paths) {
            slots.putIfAbsent(path, slots.size());
        }
        return new RowLayout(slots);
    }

    /**
     * Returns the paths, in the order of their slots.
     *
     * @return names of wire fields
     */
    public List<String> paths() {
        return List.copyOf(slots.keySet());
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

    int size() {
        return slots.size();
    }

    Node root() {
        return root;
    }

    /** A level of the paths: a name leads to a slot, to deeper names, or to both. */
    static final class Node {

        private final Map<String, Node> children = new LinkedHashMap<>();
        private int slot = -1;

        @Nullable Node child(String name) {
            return children.get(name);
        }

        boolean hasChildren() {
            return !children.isEmpty();
        }

        int slot() {
            return slot;
        }
    }
}
