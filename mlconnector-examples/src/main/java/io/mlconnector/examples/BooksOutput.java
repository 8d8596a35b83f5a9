package io.mlconnector.examples;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import java.util.List;

/** Prints the books of runs, and tells by the exit code whether they are in order. */
final class BooksOutput {

    private BooksOutput() {}

    static int print(List<FlowReport> reports, OnConfiguration command) {
        if (command.json()) {
            var table = new Table(
                    "flow",
                    "run",
                    "read",
                    "created",
                    "updated",
                    "removed",
                    "unchanged",
                    "echoed",
                    "parked",
                    "dead",
                    "inDoubt",
                    "balanced",
                    "failure");
            for (FlowReport report : reports) {
                table.add(
                        report.flow(),
                        report.run(),
                        report.readCount(),
                        report.count(Tally.CREATED),
                        report.count(Tally.UPDATED),
                        report.count(Tally.REMOVED),
                        report.count(Tally.UNCHANGED),
                        report.count(Tally.ECHOED),
                        report.count(Tally.PARKED),
                        report.count(Tally.DEAD),
                        report.count(Tally.IN_DOUBT),
                        report.balanced(),
                        report.failure());
            }
            command.print(table);
        } else {
            command.out().print(BooksTable.of(reports));
            reports.forEach(report -> report.failureReason()
                    .ifPresent(reason -> command.out().println(report.flow() + " stopped: " + reason)));
        }
        return reports.stream().allMatch(report -> report.completed() && report.balanced()) ? 0 : 1;
    }
}
