package io.mlconnector.jdbc.lease;

import io.mlconnector.jdbc.JdbcLedger;
import java.nio.file.Path;

class SqliteLeaseProcessTest extends LeaseProcessTest {

    @Override
    String ledger() {
        return folder.resolve("ledger.db").toString();
    }

    @Override
    JdbcLedger open() {
        return JdbcLedger.sqlite(Path.of(ledger()));
    }
}
