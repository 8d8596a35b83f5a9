package io.mlconnector.jdbc;

import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerProvider;
import io.mlconnector.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens the ledger {@code {"type": "sqlite", "file": "mlconnector.db", "leaseWait": "PT10S"}} of a configuration file.
 * {@code leaseWait} is how long a run waits for another process that runs its flow; the default is not to wait.
 */
public final class SqliteLedgerProvider implements LedgerProvider {

    /** Creates the provider; called by the service loader. */
    public SqliteLedgerProvider() {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public Ledger open(Settings settings) {
        settings.text("type", name());
        String file = settings.text("file", "mlconnector.db");
        Path path = Path.of("");
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            settings.fault("file", "must be the path of a file: " + file);
        }
        Duration leaseWait = settings.duration("leaseWait", Duration.ZERO);
        settings.check();
        return JdbcLedger.sqlite(path, leaseWait);
    }
}
