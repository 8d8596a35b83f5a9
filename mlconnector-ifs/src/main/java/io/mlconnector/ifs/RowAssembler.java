package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import java.util.List;

/** Records that are whole in one row. */
record RowAssembler<T extends BusinessRecord>(Class<T> type, RecordMapping<T> mapping) implements Assembler<T> {

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    @Override
    public void assemble(List<Row> rows, Batch<T> batch) {
        rows.forEach(row -> batch.add(row, mapping::map));
    }
}
