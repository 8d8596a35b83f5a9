package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.SealedEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    @TempDir
    Path directory = Path.of(".");

    private Path file = Path.of("ledger.db");

    @BeforeEach
    void makeAnEarlierVersion() throws SQLException {
        file = directory.resolve("ledger.db");
        migrate("001-ledger.sql");
        Sql.execute(file, "INSERT INTO ml_position (flow, value) VALUES ('f', '1')");
    }

    @Test
    void runsTheScriptsThatAreMissing() throws SQLException {
        migrate("001-ledger.sql", "002-test.sql");

        assertThat(Sql.query(file, "SELECT MAX(version) FROM ml_schema_version"))
                .isEqualTo("2");
        assertThat(Sql.query(file, "SELECT value FROM ml_position WHERE seen IS NULL"))
                .isEqualTo("1");
        assertThat(Sql.query(file, "SELECT COUNT(*) FROM ml_test")).isEqualTo("0");
    }

    @Test
    void runsNoScriptTwice() throws SQLException {
        migrate("001-ledger.sql");
        migrate("001-ledger.sql");

        assertThat(Sql.query(file, "SELECT COUNT(*) FROM ml_schema_version")).isEqualTo("1");
        assertThat(Sql.query(file, "SELECT COUNT(*) FROM ml_audit_head")).isEqualTo("1");
    }

    @Test
    void leavesNothingOfAScriptThatFails() {
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> migrate("001-ledger.sql", "002-broken.sql"));

        assertThat(Sql.query(file, "SELECT MAX(version) FROM ml_schema_version"))
                .isEqualTo("1");
        assertThat(Sql.query(file, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'ml_test'"))
                .isEqualTo("0");
    }

    @Test
    void keepsTheAuditOfALedgerThatKnewOfNoPruning() throws SQLException {
        file = directory.resolve("older.db");
        migrate("001-ledger.sql", "002-two-way-and-retry.sql", "003-lease-holder.sql");
        SealedEntry sealed = SealedEntry.following(AuditMark.START, Samples.entry("f", 1));
        Sql.execute(
                file,
                """
                INSERT INTO ml_audit (sequence, hash, flow, run, source_connection, source_entity, source_id,
                  target_connection, target_entity, target_id, action, changes, mapping, attempts, outcome, at)
                VALUES (1, '%s', 'f', 'run-1', 'ifs', 'invoices', '1', 'stripe', 'invoices', 'in_1', 'CREATE', '{}',
                  'm-1', 1, 'APPLIED', 0)
                """.formatted(sealed.hash()),
                "UPDATE ml_audit_head SET sequence = 1, hash = '" + sealed.hash() + "'");

        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            assertThat(Samples.verify(ledger)).isEmpty();
            assertThat(ledger.<List<SealedEntry>>read(tx -> tx.audit().after(0, 9)))
                    .containsExactly(sealed);
            assertThat(ledger.<AuditMark>read(tx -> tx.audit().anchor())).isEqualTo(AuditMark.START);
        }
    }

    private void migrate(String... scripts) throws SQLException {
        try (Connection connection = Sql.connect(file)) {
            var dialect = new SqliteDialect();
            Session session = Session.withoutLease(dialect.write(connection), dialect);
            boolean done = false;
            try {
                new Migrations(session, List.of(scripts)).run();
                session.commit();
                done = true;
            } finally {
                if (!done) {
                    dialect.rollBack(connection);
                }
            }
        }
    }
}
