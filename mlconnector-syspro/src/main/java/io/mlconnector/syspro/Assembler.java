package io.mlconnector.syspro;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import java.util.List;

/**
 * Turns rows of a table into records, reading what belongs to them for all rows at once.
 *
 * @param <T> the kind of record
 */
interface Assembler<T extends BusinessRecord> {

    Class<T> type();

    Lineage lineage();

    /** Adds each row to the batch as a record or as malformed. */
    void assemble(List<Row> rows, Batch<T> batch);

    /** Records that are in one row each. */
    static <T extends BusinessRecord> Assembler<T> ofRows(Class<T> type, RecordMapping<T> mapping) {
        return new Assembler<>() {
            @Override
            public Class<T> type() {
                return type;
            }

            @Override
            public Lineage lineage() {
                return mapping.lineage();
            }

            @Override
            public void assemble(List<Row> rows, Batch<T> batch) {
                rows.forEach(row -> batch.add(row, mapping::map));
            }
        };
    }
}
