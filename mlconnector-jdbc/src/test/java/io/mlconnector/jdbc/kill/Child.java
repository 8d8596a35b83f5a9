package io.mlconnector.jdbc.kill;

import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.kill.KilledProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** The process that is killed while it brings customers to the bank, and their audit to a second log. */
final class Child {

    private Child() {}

    /** Arguments: ledger, number of customers, address of the bank, settle time, second log. */
    public static void main(String[] arguments) {
        KilledProcess.main(arguments, Child::live);
    }

    private static void live(KilledProcess process) {
        int customers = Integer.parseInt(process.argument(1));
        Connector bank =
                process.watch(new BankConnector(URI.create(process.argument(2)), Duration.parse(process.argument(3))));
        var secondLog = new SecondLog(Path.of(process.argument(4)), process::reachedOwnPlace);
        try (Ledger ledger = open(process.argument(0))) {
            process.run(
                    ledger,
                    engine -> Engines.flow(engine, customers, bank).addAuditSink("second", secondLog),
                    Engines.FLOW,
                    Engines.TARGET);
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
