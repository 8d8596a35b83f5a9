package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a JSON page keeps its rows, and what else of it is read. Immutable.
 *
 * @param list path of the list of rows, such as {@code value} or {@code data/items}
 * @param envelope paths of single values that stand beside the list, before or behind it, such as a link to the next page
 * @param pairs how a row writes its fields; null if they are its members
 */
public record JsonShape(
        String list, List<String> envelope, @Nullable Pairs pairs) {

    /**
     * A row whose fields are a list of pairs, such as {@code {"NameValue": [{"Name": "CUNO", "Value": "C1 "}]}}. Blanks
     * that pad a value at its end are left out.
     *
     * @param list member of the row that holds the pairs
     * @param name member of a pair that holds the name of a field
     * @param value member of a pair that holds its value
     */
    public record Pairs(String list, String name, String value) {

        /** Refuses nulls. */
        public Pairs {
            requireNonNull(list, "list");
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    /** Copies the list. */
    public JsonShape {
        requireNonNull(list, "list");
        envelope = List.copyOf(envelope);
    }

    /**
     * Returns the shape of a page that is a JSON object with a list of rows.
     *
     * @param list path of the list
     * @param envelope paths of single values beside it
     * @return the shape
     */
    public static JsonShape of(String list, String... envelope) {
        return new JsonShape(list, List.of(envelope), null);
    }

    /**
     * Returns this shape with rows that are lists of pairs.
     *
     * @param pairs how a row writes its fields
     * @return another shape
     */
    public JsonShape withPairs(Pairs pairs) {
        return new JsonShape(list, envelope, requireNonNull(pairs, "pairs"));
    }
}
