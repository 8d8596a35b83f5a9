package io.mlconnector.examples;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Sum;
import io.mlconnector.engine.Tally;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The books of several flows as a table of text. */
final class BooksTable {

    private BooksTable() {}

    static String of(List<FlowReport> reports) {
        var text = new StringBuilder(row("flow", "read", "created", "updated", "removed", "unchanged"))
                .append(cells("echoed", "parked", "dead", "in doubt"))
                .append("  balanced\n");
        for (FlowReport report : reports) {
            text.append(row(
                            report.flow(),
                            report.readCount(),
                            report.count(Tally.CREATED),
                            report.count(Tally.UPDATED),
                            report.count(Tally.REMOVED),
                            report.count(Tally.UNCHANGED)))
                    .append(cells(
                            report.count(Tally.ECHOED),
                            report.count(Tally.PARKED),
                            report.count(Tally.DEAD),
                            report.count(Tally.IN_DOUBT)))
                    .append("  ")
                    .append(report.balanced() ? "yes" : "NO")
                    .append('\n');
            Sum created = report.outcome(Tally.CREATED);
            if (!created.money().isEmpty()) {
                text.append("    created: ")
                        .append(created.money().entrySet().stream()
                                .map(sum -> String.format(Locale.ROOT, "%,.2f %s", sum.getValue(), sum.getKey()))
                                .collect(Collectors.joining(", ")))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String row(Object flow, Object... cells) {
        return String.format(Locale.ROOT, "%-12s", flow) + cells(cells);
    }

    private static String cells(Object... cells) {
        var text = new StringBuilder();
        for (Object cell : cells) {
            text.append(String.format(Locale.ROOT, "%10s", cell));
        }
        return text.toString();
    }
}
