package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresMigrationsTest {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();

    @BeforeAll
    static void makeADatabase() {
        dataSource = PostgresServer.shared().newDatabase();
    }

    @BeforeEach
    void makeAnEarlierVersion() throws SQLException {
        PostgresServer.newSchema(dataSource);
        migrate("001-ledger.sql");
        Sql.execute(dataSource, "INSERT INTO ml_position (flow, value) VALUES ('f', '1')");
    }

    @Test
    void runsTheScriptsThatAreMissing() throws SQLException {
        migrate("001-ledger.sql", "002-test.sql");

        assertThat(Sql.query(dataSource, "SELECT MAX(version) FROM ml_schema_version"))
                .isEqualTo("2");
        assertThat(Sql.query(dataSource, "SELECT value FROM ml_position WHERE seen IS NULL"))
                .isEqualTo("1");
        assertThat(Sql.query(dataSource, "SELECT COUNT(*) FROM ml_test")).isEqualTo("0");
    }

    @Test
    void runsNoScriptTwice() {
        JdbcLedger.open(dataSource).close();

        assertThat(Sql.query(dataSource, "SELECT COUNT(*) FROM ml_schema_version"))
                .isEqualTo("" + Migrations.SCRIPTS.size());
        assertThat(Sql.query(dataSource, "SELECT value FROM ml_position")).isEqualTo("1");
    }

    @Test
    void leavesNothingOfAScriptThatFails() {
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> migrate("001-ledger.sql", "002-broken.sql"));

        assertThat(Sql.query(dataSource, "SELECT MAX(version) FROM ml_schema_version"))
                .isEqualTo("1");
        assertThat(Sql.query(dataSource, "SELECT to_regclass('ml_test')")).isEqualTo("null");
    }

    @Test
    void refusesASchemaFromANewerVersion() {
        Sql.execute(dataSource, "INSERT INTO ml_schema_version (version) VALUES (70)");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.open(dataSource))
                .withMessageStartingWith("the ledger has schema version 70, and this ml-connector knows none above ")
                .withMessageEndingWith(": use the newer ml-connector that made it");
    }

    @Test
    void listsInTheOrderOfBytesThoughTheDatabaseSortsByALanguage() {
        assertThat(Sql.query(dataSource, "SELECT 'a' < 'B'")).isEqualTo("t");
        assertThat(Sql.query(dataSource, "SELECT 'a' COLLATE \"C\" < 'B'")).isEqualTo("f");
        Sql.execute(dataSource, "INSERT INTO ml_note (flow, name, value) VALUES ('f', 'a', ''), ('f', 'B', '')");

        assertThat(Sql.query(dataSource, "SELECT string_agg(name, ',' ORDER BY name) FROM ml_note"))
                .isEqualTo("B,a");
    }

    private static void migrate(String... scripts) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            var dialect = new PostgresDialect();
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
