package io.mlconnector.jdbc.lease;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.LedgerException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that runs a flow. It tells every document that it has made, and then waits for a line before it goes on. */
final class Contender {

    static final String REFUSED = "REFUSED ";
    static final String ENDED = "ENDED ";

    private Contender() {}

    /** Arguments: ledger, flow, and the file of the documents. */
    public static void main(String[] arguments) {
        String flow = arguments[1];
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        Runnable waiting = () -> {
            if (lines.hasNextLine()) {
                lines.nextLine();
            }
        };
        try (JdbcLedger ledger = open(arguments[0]);
                SyncEngine engine = SyncEngine.builder()
                        .ledger(ledger)
                        .addConnection(new Customers())
                        .addConnection(new Documents(Path.of(arguments[2]), waiting))
                        .addFlow(Flow.of(flow, Customer.class)
                                .from("erp/" + flow)
                                .to("documents/" + flow)
                                .lanes(1)
                                .build())
                        .build()) {
            FlowReport report = engine.run(flow);
            say(ENDED + "completed=" + report.completed() + " because " + report.failureReason());
        } catch (LedgerException e) {
            say(REFUSED + e.getMessage());
        }
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static JdbcLedger open(String ledger) {
        if (!ledger.startsWith("jdbc:")) {
            return JdbcLedger.sqlite(Path.of(ledger));
        }
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(ledger);
        dataSource.setUser("postgres");
        return JdbcLedger.open(dataSource);
    }
}
