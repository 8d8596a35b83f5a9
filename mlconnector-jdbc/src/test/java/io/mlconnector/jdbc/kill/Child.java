package io.mlconnector.jdbc.kill;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Ledger;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The process that is killed: runs one flow, and says how it ended. */
final class Child {

    static final String DONE = "DONE";

    private Child() {}

    /** Arguments: ledger, address of the bank, number of customers, step of the kill, passes before it. */
    public static void main(String[] arguments) {
        Trap trap = new Trap(Step.valueOf(arguments[3]), Integer.parseInt(arguments[4]));
        try (Ledger ledger = new TrappedLedger(open(arguments[0]), trap);
                SyncEngine engine = SyncEngine.builder()
                        .ledger(ledger)
                        .addConnection(new ErpConnector(Integer.parseInt(arguments[2])))
                        .addConnection(new BankConnector(URI.create(arguments[1]), trap))
                        .addFlow(Flow.of("customers", Customer.class)
                                .from("erp/customers")
                                .to("bank/customers")
                                .build())
                        .build()) {
            FlowReport report = engine.run("customers");
            long links = ledger.read(tx -> tx.mappings().count(Endpoint.parse("bank/customers")));
            Optional<String> fault = ledger.read(tx -> tx.audit().verify());
            System.out.printf(
                    "%s completed=%s balanced=%s inDoubt=%d links=%d audit=%s recovered=%d%n",
                    DONE,
                    report.completed(),
                    report.balanced(),
                    report.count(Tally.IN_DOUBT),
                    links,
                    fault.orElse("whole"),
                    report.recovered());
        }
    }

    private static Ledger open(String ledger) {
        return JdbcLedger.sqlite(Path.of(ledger));
    }
}
