package io.mlconnector.bill;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import java.util.List;
import java.util.function.Function;

/** How the rows of one list become records. */
interface Reading<T extends BusinessRecord> {

    Class<T> type();

    /** Returns the name of the list, which is that of the entity too. */
    String resource();

    RowLayout layout();

    Lineage lineage();

    /**
     * Looks up what the rows of one page need besides themselves, and returns how each becomes a record. The function throws
     * {@link io.mlconnector.spi.MappingException} for a row that cannot.
     */
    Function<Row, T> of(List<Row> rows);
}
