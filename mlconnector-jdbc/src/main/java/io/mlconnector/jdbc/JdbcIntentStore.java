package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.TargetRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Intents in {@code ml_intent}. */
final class JdbcIntentStore implements IntentStore {

    private static final Insert INTENTS = Insert.into("ml_intent", """
            flow, source_connection, source_entity, source_id, target_connection, target_entity, target_id,
            target_version, action, idempotency_key, payload, fingerprint, changed_fields, intended_at, attempts, doubt
            """, """
            ON CONFLICT (flow, source_connection, source_entity, source_id)
            DO UPDATE SET target_connection = excluded.target_connection,
              target_entity = excluded.target_entity, target_id = excluded.target_id,
              target_version = excluded.target_version, action = excluded.action,
              idempotency_key = excluded.idempotency_key, payload = excluded.payload,
              fingerprint = excluded.fingerprint, changed_fields = excluded.changed_fields,
              intended_at = excluded.intended_at, attempts = excluded.attempts, doubt = excluded.doubt
            """);

    private final Session session;

    JdbcIntentStore(Session session) {
        this.session = session;
    }

    @Override
    public void put(Collection<Intent> intents) {
        session.writing();
        intents.forEach(intent -> session.writing(intent.flow()));
        session.insert(
                "storing " + intents.size() + " intents", INTENTS, intents, Intent::source, JdbcIntentStore::bind);
    }

    private static void bind(Parameters parameters, Intent intent) throws SQLException {
        TargetRef ref = intent.targetRef();
        parameters
                .text(intent.flow())
                .key(intent.source())
                .text(intent.target().connection())
                .text(intent.target().entity())
                .text(ref == null ? null : ref.id())
                .text(ref == null ? null : ref.version())
                .text(intent.action().name())
                .text(intent.idempotencyKey().value())
                .text(intent.payload())
                .text(intent.fingerprint().format())
                .text(Json.write(new TreeSet<>(intent.changedFields())))
                .instant(intent.intendedAt())
                .number(intent.attempts())
                .text(intent.doubt());
    }

    @Override
    public void close(String flow, Collection<RecordKey> sources) {
        session.writing(flow);
        session.delete(
                "closing " + sources.size() + " intents",
                "ml_intent WHERE flow = ?",
                parameters -> parameters.text(flow),
                sources);
    }

    @Override
    public List<Intent> open(String flow) {
        return list("reading the open intents of flow '" + flow + "'", flow, "doubt IS NULL");
    }

    @Override
    public List<Intent> inDoubt(String flow) {
        return list("reading the intents in doubt of flow '" + flow + "'", flow, "doubt IS NOT NULL");
    }

    private List<Intent> list(String operation, String flow, String condition) {
        session.reading();
        var intents = new ArrayList<Intent>();
        session.query(
                operation,
                "SELECT source_connection, source_entity, source_id, target_connection, target_entity,"
                        + " target_id, target_version, action, idempotency_key, payload, fingerprint,"
                        + " changed_fields, intended_at, attempts, doubt FROM ml_intent WHERE flow = ? AND "
                        + condition + " ORDER BY intended_at, source_connection, source_entity, source_id",
                parameters -> parameters.text(flow),
                row -> intents.add(read(flow, row)));
        return intents;
    }

    private static Intent read(String flow, Row row) throws SQLException {
        return new Intent(
                flow,
                row.key(),
                new Endpoint(row.text(), row.text()),
                ref(row.textOrNull(), row.textOrNull()),
                Action.valueOf(row.text()),
                new IdempotencyKey(row.text()),
                row.textOrNull(),
                Fingerprint.parse(row.text()),
                Set.copyOf(Json.list(row.text())),
                row.instant(),
                (int) row.number(),
                row.textOrNull());
    }

    private static @Nullable TargetRef ref(@Nullable String id, @Nullable String version) {
        return id == null ? null : new TargetRef(id, version);
    }
}
