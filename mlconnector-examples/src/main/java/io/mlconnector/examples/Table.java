package io.mlconnector.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows under named columns: for people as aligned text, for machines as a JSON array of objects. */
final class Table {

    private static final ObjectWriter JSON = new JsonMapper().writerWithDefaultPrettyPrinter();

    private final List<String> columns;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row; a number or a truth value stays one in JSON, and nothing is left out there. */
    Table add(@Nullable Object... cells) {
        var row = new LinkedHashMap<String, Object>();
        for (int i = 0; i < columns.size(); i++) {
            Object cell = cells[i];
            if (cell != null) {
                row.put(columns.get(i), cell instanceof Number || cell instanceof Boolean ? cell : cell.toString());
            }
        }
        rows.add(row);
        return this;
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(json());
            return;
        }
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        List<String[]> lines = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            var line = new String[widths.length];
            for (int i = 0; i < widths.length; i++) {
                line[i] = String.valueOf(row.getOrDefault(columns.get(i), ""));
                widths[i] = Math.max(widths[i], line[i].length());
            }
            lines.add(line);
        }
        print(out, widths, columns.toArray(String[]::new));
        lines.forEach(line -> print(out, widths, line));
        if (lines.isEmpty()) {
            out.println("(none)");
        }
    }

    private String json() {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and truth values can be written", e);
        }
    }

    private static void print(PrintStream out, int[] widths, String[] cells) {
        var text = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            text.append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 2));
        }
        out.println(text.toString().stripTrailing());
    }
}
