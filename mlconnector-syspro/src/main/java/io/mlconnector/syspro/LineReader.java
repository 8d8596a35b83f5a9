package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the lines of many invoices in few requests. Safe for threads. */
final class LineReader {

    /** What tells to which invoice a line belongs. */
    private static final List<String> INVOICE = List.of("Customer", "Invoice", "DocumentType");

    private static final int LINES_AT_ONCE = 1000;
    private static final int INVOICES_AT_ONCE = 100;

    private final TableReader reader;

    LineReader(TableReader reader) {
        this.reader = reader;
    }

    /** The lines by the ids of their invoices. */
    Map<String, List<Row>> read(List<String> invoices) {
        var lines = new LinkedHashMap<String, List<Row>>();
        Set<String> numbers = new LinkedHashSet<>();
        invoices.forEach(id -> numbers.add(RecordIds.split(id).get(1)));
        var some = new ArrayList<String>();
        for (String number : numbers) {
            some.add(number);
            if (some.size() > 1 && (some.size() > INVOICES_AT_ONCE || !reader.fits(List.of(among(some))))) {
                some.remove(some.size() - 1);
                read(among(some), lines);
                some.clear();
                some.add(number);
            }
        }
        if (!some.isEmpty()) {
            read(among(some), lines);
        }
        return lines;
    }

    private static String among(List<String> numbers) {
        return Filters.any(numbers.stream()
                .map(number -> "Invoice eq " + Filters.text(number))
                .toList());
    }

    /** Lines never change once they are posted, so that they can be paged by place. */
    private void read(String condition, Map<String, List<Row>> lines) {
        int skip = 0;
        while (true) {
            ODataClient.Answered answered =
                    reader.page(List.of(condition), reader.table().keys(), LINES_AT_ONCE, skip);
            for (Row row : answered.rows()) {
                reader.texts(row, INVOICE)
                        .ifPresent(key -> lines.computeIfAbsent(RecordIds.join(key), id -> new ArrayList<>())
                                .add(row));
            }
            skip += answered.rows().size();
            boolean last = !answered.more() && answered.rows().size() < 100;
            if (answered.rows().isEmpty() || last) {
                return;
            }
        }
    }
}
