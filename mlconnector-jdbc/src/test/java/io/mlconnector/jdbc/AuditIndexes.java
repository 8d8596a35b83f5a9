package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a database says of how it would answer queries of an audit log of 50,000 entries. */
abstract class AuditIndexes {

    /** Fifty runs of one flow; one entry of a hundred is a dead letter. */
    static final String FILL = """
            INSERT INTO ml_audit (sequence, hash, flow, run, source_connection, source_entity, source_id, source_version,
              target_connection, target_entity, target_id, action, changes, mapping, attempts, outcome, detail, request_id, at)
            SELECT n, 'f00d', 'invoices', 'run-' || (n / 250), 'ifs', 'invoices', 'INV-' || n, NULL,
              'stripe', 'invoices', 'in_' || n, 'CREATE', '{}', 'm', 1,
              CASE WHEN n % 100 = 0 THEN 'DEAD' ELSE 'APPLIED' END, NULL, NULL, n * 1000
            FROM numbers
            """;

    abstract Connection connect() throws SQLException;

    /** Returns what to put before a query to see its plan. */
    abstract String explain();

    static Stream<Arguments> queries() {
        AuditQuery all = AuditQuery.newest(100);
        Instant noon = Instant.ofEpochSecond(25_000);
        return Stream.of(
                Arguments.of(AuditQuery.ofSource(new RecordKey("ifs", "invoices", "INV-7")), "ml_audit_source"),
                Arguments.of(AuditQuery.ofTarget("in_7"), "ml_audit_target"),
                Arguments.of(all.withTarget(new RecordKey("stripe", "invoices", "in_7")), "ml_audit_target"),
                Arguments.of(all.withRun("run-7"), "ml_audit_run"),
                Arguments.of(all.withOutcome(Outcome.DEAD), "ml_audit_outcome"),
                Arguments.of(all.between(noon, noon.plusSeconds(60)), "ml_audit_at"),
                Arguments.of(all.withFlow("invoices").between(noon, noon.plusSeconds(60)), "ml_audit_at"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void findsEntriesByAnIndex(AuditQuery query, String index) throws SQLException {
        assertThat(plan(query)).contains(index);
    }

    private String plan(AuditQuery query) throws SQLException {
        var selection = new AuditSelection(query);
        var plan = new StringBuilder();
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement(explain() + " SELECT detail" + selection.sql())) {
            selection.bind(new StatementParameters(statement));
            try (ResultSet lines = statement.executeQuery()) {
                int last = lines.getMetaData().getColumnCount();
                while (lines.next()) {
                    plan.append(lines.getString(last)).append('\n');
                }
            }
        }
        return plan.toString();
    }
}
