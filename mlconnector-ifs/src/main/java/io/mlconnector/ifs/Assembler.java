package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import java.util.List;

/**
 * Turns rows of a set into records, reading what belongs to them for all rows at once.
 *
 * @param <T> the kind of record
 */
interface Assembler<T extends BusinessRecord> {

    Class<T> type();

    Lineage lineage();

    /** Adds each row to the batch as a record or as malformed. */
    void assemble(List<Row> rows, Batch<T> batch);
}
