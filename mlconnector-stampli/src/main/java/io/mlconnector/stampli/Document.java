package io.mlconnector.stampli;

import io.mlconnector.mapping.Row;
import java.util.List;

/**
 * One record as a file holds it: an invoice with its lines, a vendor, an order.
 *
 * @param ordinal its number in the file, from 0
 * @param line the line of the file on which it begins
 * @param row what it says; its lines are rows of their own
 * @param faults what is wrong with its rows before any rule looks at them; each names line and column
 * @param source where it comes from; says so until the reader goes on
 */
record Document(int ordinal, long line, Row row, List<String> faults, Source source) {

    /** The rows of a document as the file has them. */
    interface Source {

        /** Returns the line of the file on which a row of the document begins; that of the document if there is no such row. */
        long line(int row);

        /** Returns the rows as they came, for a person to look at. */
        String raw();
    }
}
