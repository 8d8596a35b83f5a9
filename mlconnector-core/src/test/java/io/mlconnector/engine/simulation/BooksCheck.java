package io.mlconnector.engine.simulation;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Sum;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import java.util.List;

/** Compares the books of a run with what its source delivered and with its audit entries. */
final class BooksCheck {

    private final World world;

    BooksCheck(World world) {
        this.world = world;
    }

    void check(FlowReport report, Sum delivered) {
        world.trace.require(report.balanced(), "the books of " + report.flow() + " do not balance");
        if (!report.completed()) {
            return;
        }
        world.trace.require(
                report.polled() == delivered.count(),
                "the source delivered " + delivered.count() + " records, the books know " + report.polled());
        if (report.replayed() == 0) {
            world.trace.require(
                    report.read().equals(delivered), "delivered " + delivered + ", in the books " + report.read());
        }
        List<AuditEntry> entries = world.ledger.read(
                tx -> tx.audit().query(AuditQuery.newest(10_000).withRun(report.run())));
        long effects = entries.stream()
                .filter(entry -> entry.outcome() == Outcome.APPLIED || entry.outcome() == Outcome.FOUND)
                .count();
        long booked = report.count(Tally.CREATED) + report.count(Tally.UPDATED) + report.count(Tally.REMOVED);
        world.trace.require(
                effects >= booked && effects <= booked + report.recovered(),
                "the books know " + booked + " effects and " + report.recovered() + " recovered, the audit " + effects);
    }
}
