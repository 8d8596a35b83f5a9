package io.mlconnector.stampli;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.BusinessRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files of an entity hold. A file repeats the columns of a document in each row of its lines.
 *
 * @param <T> the kind of record
 * @param type the kind of record
 * @param entity the name of the source
 * @param keys the columns that tell documents apart
 * @param lineColumns the columns of lines; empty where a document is one row
 * @param required the columns that a file must have
 * @param totalColumn the column of a document's total, for the trailer; null if there is none
 * @param identity the columns that make the id of a record, in order
 * @param element the XML element of a document
 * @param names paths of XML elements and attributes whose column has another name
 * @param mapping how a document becomes a record
 */
record FileContract<T extends BusinessRecord>(
        Class<T> type,
        String entity,
        List<String> keys,
        Set<String> lineColumns,
        Set<String> required,
        @Nullable String totalColumn,
        List<String> identity,
        String element,
        Map<String, String> names,
        RecordMapping<T> mapping) {

    /** The path of the lines in the layout of the mapping. */
    static final String LINES = "lines";

    /** The path at which all columns named {@code dim_…} come together. */
    static final String DIMENSIONS = "dim_*";

    /** What the names of columns begin with that are accounting dimensions of the user's own. */
    static final String DIMENSION_PREFIX = "dim_";

    RowLayout layout() {
        return mapping.layout();
    }

    /** Returns the layout of a line; null where a document is one row. */
    @Nullable RowLayout lineLayout() {
        RowLayout.Level lines = layout().root().child(LINES);
        return lines == null ? null : lines.list();
    }

    /** Returns the id of a record; null if a part is missing. */
    static @Nullable String id(List<@Nullable String> parts) {
        var id = new StringBuilder();
        for (int at = 0; at < parts.size(); at++) { // for every record: an iterator would be an object more
            String part = parts.get(at);
            if (part == null || part.isBlank()) {
                return null;
            }
            String escaped = part.strip().replace("%", "%25").replace("|", "%7C");
            id.append(at == 0 ? "" : "|").append(escaped);
        }
        return id.toString();
    }
}
