package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.Letter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Letters in {@code ml_letter}. */
final class JdbcDeadLetterStore implements DeadLetterStore {

    private static final String SELECT = """
            SELECT source_connection, source_entity, source_id, kind, reason,
              awaited_connection, awaited_entity, awaited_id, payload, readable, fingerprint, version,
              attempts, first_at, last_at, retry_at
            FROM ml_letter
            """;

    private static final Insert LETTERS = Insert.into("ml_letter", """
            flow, source_connection, source_entity, source_id, kind, reason,
            awaited_connection, awaited_entity, awaited_id, payload, readable, fingerprint, version,
            attempts, first_at, last_at, retry_at
            """, """
            ON CONFLICT (flow, source_connection, source_entity, source_id)
            DO UPDATE SET kind = excluded.kind, reason = excluded.reason,
              awaited_connection = excluded.awaited_connection,
              awaited_entity = excluded.awaited_entity, awaited_id = excluded.awaited_id,
              payload = excluded.payload, readable = excluded.readable,
              fingerprint = excluded.fingerprint, version = excluded.version,
              attempts = ml_letter.attempts + excluded.attempts, last_at = excluded.last_at,
              retry_at = excluded.retry_at
            """);

    private final Session session;

    JdbcDeadLetterStore(Session session) {
        this.session = session;
    }

    @Override
    public void put(Collection<Letter> letters) {
        session.writing();
        letters.forEach(letter -> session.writing(letter.flow()));
        session.insert(
                "storing " + letters.size() + " letters",
                LETTERS,
                letters,
                Letter::source,
                (parameters, letter) -> parameters
                        .text(letter.flow())
                        .key(letter.source())
                        .text(letter.kind().name())
                        .text(letter.reason())
                        .key(letter.awaited())
                        .text(letter.payload())
                        .number(letter.readable() ? 1 : 0)
                        .number(letter.fingerprint())
                        .text(letter.version())
                        .number(letter.attempts())
                        .instant(letter.firstAt())
                        .instant(letter.lastAt())
                        .instantOrNull(letter.retryAt()));
    }

    @Override
    public void remove(String flow, Collection<RecordKey> sources) {
        session.writing(flow);
        session.delete(
                "removing " + sources.size() + " letters",
                "ml_letter WHERE flow = ?",
                parameters -> parameters.text(flow),
                sources);
    }

    @Override
    public Optional<Letter> find(String flow, RecordKey source) {
        session.reading();
        var letters = new ArrayList<Letter>(1);
        session.query(
                "looking up the letter of " + source,
                SELECT + "WHERE flow = ? AND source_connection = ? AND source_entity = ? AND source_id = ?",
                parameters -> parameters.text(flow).key(source),
                row -> letters.add(read(flow, row)));
        return letters.stream().findFirst();
    }

    @Override
    public List<Letter> list(String flow, Letter.Kind kind, String after, int limit) {
        session.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        var letters = new ArrayList<Letter>();
        session.query(
                "listing the letters of flow '" + flow + "'",
                SELECT + "WHERE flow = ? AND kind = ? AND source_id > ?"
                        + " ORDER BY source_id, source_connection, source_entity LIMIT ?",
                parameters ->
                        parameters.text(flow).text(kind.name()).text(after).number(limit),
                row -> letters.add(read(flow, row)));
        return letters;
    }

    @Override
    public int count(String flow, Letter.Kind kind) {
        session.reading();
        var count = new AtomicInteger();
        session.query(
                "counting the letters of flow '" + flow + "'",
                "SELECT count(*) FROM ml_letter WHERE flow = ? AND kind = ?",
                parameters -> parameters.text(flow).text(kind.name()),
                row -> count.set((int) row.number()));
        return count.get();
    }

    private static Letter read(String flow, Row row) throws SQLException {
        return new Letter(
                flow,
                row.key(),
                Letter.Kind.valueOf(row.text()),
                row.text(),
                row.keyOrNull(),
                row.text(),
                row.number() != 0,
                row.number(),
                row.textOrNull(),
                (int) row.number(),
                row.instant(),
                row.instant(),
                row.instantOrNull());
    }
}
