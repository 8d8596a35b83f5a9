package io.mlconnector.stampli;

import io.mlconnector.mapping.Row;
import java.util.List;
import java.util.function.Supplier;

/**
 * One record as a file holds it: an invoice with its lines, a vendor, an order.
 *
 * @param ordinal its number in the file, from 0
 * @param line the line of the file on which it begins
 * @param row what it says; its lines are rows of their own
 * @param lines the line of the file on which each row of the document begins, in order; at least one
 * @param faults what is wrong with its rows before any rule looks at them; each names line and column
 * @param raw the rows as they came, for a person to look at
 */
record Document(int ordinal, long line, Row row, List<Long> lines, List<String> faults, Supplier<String> raw) {}
