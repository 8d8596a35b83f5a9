package io.mlconnector.jdbc.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLeaseProcessTest extends LeaseProcessTest {

    private final PGSimpleDataSource database = PostgresServer.shared().newDatabase();

    @Override
    String ledger() {
        return database.getURL();
    }

    @Override
    JdbcLedger open() {
        return JdbcLedger.open(database);
    }

    @Test
    void writesAndSendsNothingAfterAStopInWhichItsSessionEndedAndAnotherProcessTookOver() throws Exception {
        try (var first = start("a");
                var ledger = open()) {
            assertThat(first.hear()).isEqualTo("SENT erp/a/c1");
            first.stop();
            PostgresServer.shared().terminateSessions(database);
            try (var second = start("a")) {
                assertThat(second.hearTheEnd()).startsWith("ENDED completed=true");
            }
            List<AuditEntry> before = audit(ledger);
            assertThat(before).hasSize(3);

            first.goOnAfterStop();

            assertThat(first.hearTheEnd())
                    .startsWith("ENDED completed=false because ")
                    .contains("LedgerException");
            assertThat(audit(ledger)).isEqualTo(before);
            assertThat(documents()).containsExactly("erp/a/c1", "erp/a/c2", "erp/a/c3");
            assertThat(ledger.acquire("a").epoch()).isEqualTo(3);
        }
    }
}
