package io.mlconnector.jdbc.kill;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** The process that is killed: runs one flow, tells when it waits, and says how it ended. */
final class Child {

    static final String WAITS = "WAITS";
    static final String DONE = "DONE";

    private Child() {}

    /** Arguments: ledger, number of customers, address of the bank, settle time, place and time of the kill, second log. */
    public static void main(String[] arguments) {
        Trap trap = new Hold(new Kill(Place.valueOf(arguments[4]), Integer.parseInt(arguments[5])));
        try (Ledger ledger = open(arguments[0])) {
            FlowReport report;
            try (SyncEngine engine = Engines.builder(
                            ledger,
                            Integer.parseInt(arguments[1]),
                            URI.create(arguments[2]),
                            Duration.parse(arguments[3]),
                            new MovedTime(Child::waits),
                            trap)
                    .addAuditSink("second", new SecondLog(Path.of(arguments[6]), trap))
                    .build()) {
                report = engine.run(Engines.FLOW);
            }
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

    /** The parent lets happen what can happen during a wait, and then gives its word. */
    private static void waits() {
        System.out.println(WAITS);
        System.out.flush();
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody says how long to wait");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ledger open(String ledger) {
        if (!ledger.startsWith("jdbc:")) {
            return JdbcLedger.sqlite(Path.of(ledger));
        }
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(ledger);
        return JdbcLedger.open(dataSource);
    }
}
