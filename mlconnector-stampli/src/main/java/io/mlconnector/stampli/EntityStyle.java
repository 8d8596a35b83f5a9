package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.spi.Settings;
import java.util.Map;

/**
 * How the files of an entity are written and read.
 *
 * @param text how texts are written
 * @param statuses what a customer calls a status, to its name in the contract
 * @param accounts how a GL account is read
 * @param costCenters how a cost centre is read
 * @param mapping the user's changes to the rules of a document
 * @param lineMapping the user's changes to the rules of a line
 */
record EntityStyle(
        CsvStyle text,
        Map<String, String> statuses,
        Conversion<String> accounts,
        Conversion<String> costCenters,
        Settings mapping,
        Settings lineMapping) {}
