package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ml_audit} that a query wants, the newest first. */
final class AuditSelection {

    private final StringBuilder sql = new StringBuilder(" FROM ml_audit");
    private final List<Session.Binding> bindings = new ArrayList<>();

    AuditSelection(AuditQuery query) {
        text("flow", query.flow());
        text("run", query.run());
        key("source", query.source());
        key("target", query.target());
        text("target_id", query.targetId());
        outcome(query.outcome());
        instant("at >= ?", query.from());
        instant("at < ?", query.to());
        sql.append(" ORDER BY sequence DESC LIMIT ?");
        bindings.add(parameters -> parameters.number(query.limit()));
    }

    private void key(String prefix, @Nullable RecordKey key) {
        if (key != null) {
            text(prefix + "_connection", key.connection());
            text(prefix + "_entity", key.entity());
            text(prefix + "_id", key.id());
        }
    }

    /** The second condition is that of the index: without it, a database cannot tell that the index holds the rows. */
    private void outcome(@Nullable Outcome outcome) {
        if (outcome != null) {
            text("outcome", outcome.name());
            if (outcome != Outcome.APPLIED) {
                condition("outcome <> 'APPLIED'");
            }
        }
    }

    private void text(String column, @Nullable String value) {
        if (value != null) {
            condition(column + " = ?");
            bindings.add(parameters -> parameters.text(value));
        }
    }

    private void instant(String condition, @Nullable Instant instant) {
        if (instant != null) {
            condition(condition);
            bindings.add(parameters -> parameters.instant(instant));
        }
    }

    private void condition(String condition) {
        sql.append(sql.indexOf(" WHERE ") < 0 ? " WHERE " : " AND ").append(condition);
    }

    String sql() {
        return sql.toString();
    }

    void bind(StatementParameters parameters) throws SQLException {
        for (Session.Binding binding : bindings) {
            binding.bind(parameters);
        }
    }
}
