package io.mlconnector.jdbc;

import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.LedgerContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class JdbcLedgerContractTest extends LedgerContract {

    @TempDir
    Path directory = Path.of(".");

    @Override
    protected Ledger open() {
        return JdbcLedger.sqlite(directory.resolve("ledger.db"));
    }

    @Override
    protected Optional<Ledger> reopen() {
        return Optional.of(open());
    }
}
