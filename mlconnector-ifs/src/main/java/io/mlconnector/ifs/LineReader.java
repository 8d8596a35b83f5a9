package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Reads the lines of many orders or invoices at once. Safe for threads. */
final class LineReader {

    private final BulkReader reader;
    private final RecordMapping<DocumentLine> mapping;
    private final List<String> parent;

    /**
     * @param parent the columns that hold the key of the document
     */
    LineReader(BulkReader reader, RecordMapping<DocumentLine> mapping, List<String> parent) {
        this.reader = reader;
        this.mapping = mapping;
        this.parent = parent;
    }

    /**
     * The lines of one document.
     *
     * @param lines the lines that count
     * @param faults what is wrong with lines that cannot be read
     * @param rows all rows, for a person to look at
     */
    record Lines(List<DocumentLine> lines, List<String> faults, List<Row> rows) {

        static Lines none() {
            return new Lines(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void refuseFaults() {
            if (!faults.isEmpty()) {
                throw new MappingException(faults);
            }
        }
    }

    Lineage lineage() {
        return mapping.lineage();
    }

    /**
     * Reads the lines of documents.
     *
     * @param documents their keys
     * @param complete whether the lines of a document, named by its id, are surely all there
     * @return id of the document to its lines
     */
    Map<String, Lines> read(Collection<List<String>> documents, BiPredicate<String, Lines> complete) {
        var found = new HashMap<String, Lines>();
        if (!documents.isEmpty()) {
            reader.read(documents, (wanted, page) -> {
                page.forEach(row -> add(row, found));
                return wanted.stream().map(RecordIds::join).allMatch(id -> {
                    Lines lines = found.get(id);
                    return lines != null && complete.test(id, lines);
                });
            });
        }
        return found;
    }

    private void add(Row row, Map<String, Lines> found) {
        List<String> key = reader.shape().texts(row, parent).orElse(List.of());
        if (key.isEmpty()) {
            return; // belongs to nothing; the sums of its document will tell
        }
        Lines lines = found.computeIfAbsent(RecordIds.join(key), id -> Lines.none());
        lines.rows().add(row);
        try {
            DocumentLine line = mapping.map(row);
            if (line.counted()) {
                lines.lines().add(line);
            }
        } catch (MappingException e) {
            String id = reader.shape().key(row).map(RecordIds::join).orElse("without key");
            e.faults().forEach(fault -> lines.faults().add("line " + id + ": " + fault));
        }
    }
}
