package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.InboxEvent.State;
import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.WebhookInbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Webhook events in {@code ml_inbox}. One that does not tell of an object has the entity {@link #NO_ENTITY}, which no record
 * key has, and its own id, so that it forms a group by itself.
 */
final class JdbcWebhookInbox implements WebhookInbox {

    private static final String NO_ENTITY = "";

    private static final String COLUMNS = """
            event.event_id, event.event_type, event.object_entity, event.object_id, event.received_at,
            event.created_at, event.state, event.attempts, event.next_try_at, event.reason
            """;

    private static final String SETTLE = """
            UPDATE ml_inbox SET state = ?, reason = ?, settled_at = ?
            WHERE connection = ? AND state = 'PENDING' AND \
            """;

    private final Session session;

    JdbcWebhookInbox(Session session) {
        this.session = session;
    }

    @Override
    public boolean put(InboxEvent event, @Nullable String payload) {
        session.writingFreely();
        WebhookInbox.requireFitting(event, payload);
        RecordKey object = event.object();
        int stored = session.update(
                "storing event " + event.id() + " of '" + event.connection() + "'",
                """
                INSERT INTO ml_inbox (connection, event_id, event_type, object_entity, object_id, received_at,
                  created_at, state, attempts, next_try_at, reason, payload, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (connection, event_id) DO NOTHING
                """,
                parameters -> parameters
                        .text(event.connection())
                        .text(event.id())
                        .text(event.type())
                        .text(object == null ? NO_ENTITY : object.entity())
                        .text(object == null ? event.id() : object.id())
                        .instant(event.receivedAt())
                        .instantOrNull(event.createdAt())
                        .text(event.state().name())
                        .number(event.attempts())
                        .instant(event.nextTryAt())
                        .text(event.reason())
                        .text(payload)
                        .instantOrNull(event.state() == State.PENDING ? null : event.receivedAt()));
        return stored == 1;
    }

    @Override
    public List<InboxGroup> due(String connection, Instant now, int limit) {
        session.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        Map<List<String>, List<InboxEvent>> groups = new LinkedHashMap<>();
        session.query(
                "listing what is due of '" + connection + "'",
                "SELECT " + COLUMNS + """
                FROM (
                  SELECT object_entity, object_id, MIN(received_at) AS first_at
                  FROM ml_inbox
                  WHERE connection = ? AND state = 'PENDING'
                  GROUP BY object_entity, object_id
                  HAVING MIN(next_try_at) <= ?
                  ORDER BY first_at, object_entity, object_id
                  LIMIT ?
                ) object
                JOIN ml_inbox event ON event.object_entity = object.object_entity AND event.object_id = object.object_id
                WHERE event.connection = ? AND event.state = 'PENDING'
                ORDER BY object.first_at, event.object_entity, event.object_id, event.received_at, event.event_id
                """,
                parameters ->
                        parameters.text(connection).instant(now).number(limit).text(connection),
                row -> {
                    InboxEvent event = read(connection, row);
                    groups.computeIfAbsent(subject(event), subject -> new ArrayList<>())
                            .add(event);
                });
        return groups.values().stream()
                .map(events -> new InboxGroup(events.get(0).object(), events))
                .toList();
    }

    private static List<String> subject(InboxEvent event) {
        RecordKey object = event.object();
        return object == null ? List.of(NO_ENTITY, event.id()) : List.of(object.entity(), object.id());
    }

    @Override
    public void done(String connection, Collection<String> ids, Instant at) {
        settle("settling", connection, ids, State.DONE, null, at);
    }

    @Override
    public void ignored(String connection, Collection<String> ids, String reason, Instant at) {
        settle("ignoring", connection, ids, State.IGNORED, reason, at);
    }

    private void settle(
            String doing, String connection, Collection<String> ids, State to, @Nullable String reason, Instant at) {
        session.writingFreely();
        session.write(
                doing + " " + ids.size() + " events of '" + connection + "'",
                SETTLE + session.dialect().isOneOf("event_id"),
                parameters -> {
                    parameters.text(to.name()).text(reason).instant(at).text(connection);
                    session.dialect().bindTexts(parameters, ids);
                });
    }

    @Override
    public void failed(String connection, Collection<String> ids, String reason, Instant retryAt) {
        session.writingFreely();
        session.write(
                "putting off " + ids.size() + " events of '" + connection + "'",
                """
                UPDATE ml_inbox SET attempts = attempts + 1, reason = ?, next_try_at = ?
                WHERE connection = ? AND state = 'PENDING' AND \
                """ + session.dialect().isOneOf("event_id"),
                parameters -> {
                    parameters.text(reason).instant(retryAt).text(connection);
                    session.dialect().bindTexts(parameters, ids);
                });
    }

    @Override
    public Optional<InboxEvent> find(String connection, String id) {
        session.reading();
        var events = new ArrayList<InboxEvent>(1);
        session.query(
                "looking up event " + id + " of '" + connection + "'",
                "SELECT " + COLUMNS + " FROM ml_inbox event WHERE event.connection = ? AND event.event_id = ?",
                parameters -> parameters.text(connection).text(id),
                row -> events.add(read(connection, row)));
        return events.stream().findFirst();
    }

    @Override
    public Optional<String> payload(String connection, String id) {
        session.reading();
        var payloads = new ArrayList<Optional<String>>(1);
        session.query(
                "looking up the payload of event " + id + " of '" + connection + "'",
                "SELECT payload FROM ml_inbox WHERE connection = ? AND event_id = ?",
                parameters -> parameters.text(connection).text(id),
                row -> payloads.add(Optional.ofNullable(row.textOrNull())));
        return payloads.stream().findFirst().flatMap(payload -> payload);
    }

    @Override
    public long pending(String connection) {
        session.reading();
        var counts = new ArrayList<Long>(1);
        session.query(
                "counting the pending events of '" + connection + "'",
                "SELECT COUNT(*) FROM ml_inbox WHERE connection = ? AND state = 'PENDING'",
                parameters -> parameters.text(connection),
                row -> counts.add(row.number()));
        return counts.get(0);
    }

    @Override
    public long purge(Instant settledBefore) {
        session.writingFreely();
        return session.update(
                "purging settled events",
                "DELETE FROM ml_inbox WHERE settled_at < ?",
                parameters -> parameters.instant(settledBefore));
    }

    private static InboxEvent read(String connection, Row row) throws SQLException {
        String id = row.text();
        String type = row.text();
        String entity = row.text();
        String objectId = row.text();
        return new InboxEvent(
                connection,
                id,
                type,
                entity.equals(NO_ENTITY) ? null : new RecordKey(connection, entity, objectId),
                row.instant(),
                row.instantOrNull(),
                State.valueOf(row.text()),
                (int) row.number(),
                row.instant(),
                row.textOrNull());
    }
}
