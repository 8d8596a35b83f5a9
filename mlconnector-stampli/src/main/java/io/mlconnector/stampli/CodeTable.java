package io.mlconnector.stampli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A look-up from codes of Stampli to codes of the ERP, from the configuration or from a CSV file with the columns {@code
 * from} and {@code to}.
 *
 * @param setting its name in the configuration
 * @param codes the look-up
 * @param keep whether a code that is not in it stays as it is
 */
record CodeTable(String setting, Map<String, String> codes, boolean keep) implements Conversion<String> {

    private static final int MOST_CODES = 1_000_000;

    /** Copies the table. */
    CodeTable {
        codes = Map.copyOf(codes);
    }

    static CodeTable read(Settings tables, String name) {
        Settings table = tables.section(name);
        var codes = new LinkedHashMap<>(table.table("codes"));
        table.optionalText("file").ifPresent(file -> addAll(table, file, codes));
        return new CodeTable(name, codes, table.flag("keepOthers", codes.isEmpty()));
    }

    private static void addAll(Settings table, String file, Map<String, String> codes) {
        try (CsvReader<CsvRecord> rows =
                CsvReader.builder().detectBomHeader(true).skipEmptyLines(true).ofCsvRecord(Path.of(file))) {
            for (CsvRecord row : rows) {
                if (row.getFieldCount() < 2
                        || row.getField(0).isBlank()
                        || row.getField(1).isBlank()) {
                    table.fault(
                            "file",
                            "must have two codes in each row: " + file + ", line " + row.getStartingLineNumber());
                    return;
                }
                boolean header =
                        row.getField(0).equals("from") && row.getField(1).equals("to");
                String earlier = header
                        ? null
                        : codes.putIfAbsent(
                                row.getField(0).strip(), row.getField(1).strip());
                if (earlier != null && !earlier.equals(row.getField(1).strip())) {
                    table.fault(
                            "file",
                            "must have one code for '" + row.getField(0) + "': " + file + ", line "
                                    + row.getStartingLineNumber());
                }
                if (codes.size() > MOST_CODES) {
                    table.fault("file", "must have at most " + MOST_CODES + " rows: " + file);
                    return;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            table.fault(
                    "file",
                    "must be a readable CSV file: " + file
                            + (Files.exists(Path.of(file)) ? " (" + e.getMessage() + ")" : ", which does not exist"));
        }
    }

    @Override
    public String name() {
        return codes.isEmpty() ? "code" : "table " + setting;
    }

    @Override
    public String convert(String text, Row.Kind kind) {
        String code = text.strip();
        String found = codes.get(code);
        if (found != null) {
            return found;
        }
        if (!keep) {
            throw new IllegalArgumentException("must be in the table " + setting + " of " + codes.size() + " codes");
        }
        return code;
    }
}
