package io.mlconnector.benchmarks;

import io.mlconnector.jdbc.JdbcLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/** Files in a temporary folder, synchronous FULL. */
final class SqliteStore implements LedgerStore {

    private final Path folder = Files.createTempDirectory("mlconnector-benchmark-");
    private int files;

    SqliteStore() throws IOException {}

    private Path newFile() {
        return folder.resolve("ledger-" + ++files + ".db");
    }

    @Override
    public JdbcLedger newLedger() {
        return JdbcLedger.sqlite(newFile());
    }

    @Override
    public Connection newTables() throws SQLException {
        Path file = newFile();
        LedgerStore.makeTables(JdbcLedger.sqlite(file));
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
