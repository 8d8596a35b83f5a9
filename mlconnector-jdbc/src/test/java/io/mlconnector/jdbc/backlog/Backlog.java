package io.mlconnector.jdbc.backlog;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import java.nio.file.Path;

/**
 * A process that takes up a backlog of customers twice: first all of them are new, then one in a hundred has changed.
 * Arguments: the ledger's file, and how many customers there are.
 */
final class Backlog {

    private Backlog() {}

    public static void main(String[] arguments) {
        int customers = Integer.parseInt(arguments[1]);
        var sink = new NullSink();
        try (JdbcLedger ledger = JdbcLedger.sqlite(Path.of(arguments[0]))) {
            report("new", pass(ledger, new ManyCustomers("erp", customers, 0), sink));
            report("changed", pass(ledger, new ManyCustomers("erp", customers, 1), sink));
        }
    }

    private static FlowReport pass(JdbcLedger ledger, ManyCustomers source, NullSink sink) {
        try (SyncEngine engine = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(source)
                .addConnection(sink)
                .addFlow(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("null/customers")
                        .batch(1000)
                        .build())
                .build()) {
            return engine.run("customers");
        }
    }

    private static void report(String pass, FlowReport report) {
        if (report.failureReason().isPresent()) {
            throw new IllegalStateException(report.toString());
        }
        System.out.println(pass + " " + report.read().count() + " "
                + report.outcome(Tally.CREATED).count()
                + " " + report.outcome(Tally.UPDATED).count() + " "
                + report.outcome(Tally.UNCHANGED).count());
    }
}
