package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the columns of a table, such as a CSV file, go in the rows of a layout: by the names in its header, in any order.
 * Columns that the layout does not name are skipped. Immutable.
 */
public final class Columns {

    private static final int SKIPPED = -1;

    private final RowLayout layout;
    private final int[] slots;
    private final List<String> missing;

    private Columns(RowLayout layout, int[] slots, List<String> missing) {
        this.layout = layout;
        this.slots = slots;
        this.missing = missing;
    }

    /**
     * Returns the columns of a header.
     *
     * @param header the names of the columns, which are paths of the layout, in their order
     * @param layout which fields to read
     * @return the columns
     * @throws MalformedPageException if a name that the layout has stands there twice
     */
    public static Columns of(List<String> header, RowLayout layout) {
        var known = new HashSet<>(layout.paths());
        var seen = new HashSet<String>();
        var slots = new int[header.size()];
        for (int column = 0; column < slots.length; column++) {
            String name = requireNonNull(header.get(column), "header");
            boolean read = known.contains(name);
            if (read && !seen.add(name)) {
                throw new MalformedPageException("the header has the column '" + name + "' twice", null);
            }
            slots[column] = read ? layout.slot(name) : SKIPPED;
        }
        var missing = new ArrayList<>(layout.paths());
        missing.removeAll(seen);
        return new Columns(layout, slots, List.copyOf(missing));
    }

    /**
     * Returns the paths of the layout that the header does not have. Whether one of them is needed, the rules tell for each
     * row.
     *
     * @return the paths, in the order of the layout
     */
    public List<String> missing() {
        return missing;
    }

    /**
     * Returns a row of the table.
     *
     * @param fields its texts; an empty one is a field without a value
     * @return the row; with a {@linkplain Row#fault() fault} if it has more or fewer fields than the header
     */
    public Row row(List<String> fields) {
        Row row = new Row(layout);
        if (fields.size() != slots.length) {
            row.refuse("has " + fields.size() + " fields, and the header " + slots.length);
        }
        for (int column = 0; column < Math.min(slots.length, fields.size()); column++) {
            if (slots[column] != SKIPPED) {
                String text = fields.get(column);
                row.put(slots[column], text.isEmpty() ? Row.Kind.NULL : Row.Kind.TEXT, text.isEmpty() ? null : text);
            }
        }
        return row;
    }

    @Override
    public String toString() {
        return Arrays.stream(slots)
                .mapToObj(slot -> slot == SKIPPED ? "-" : layout.paths().get(slot))
                .collect(Collectors.joining(", "));
    }
}
