package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Echo;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Known.Held;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.TargetRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links in {@code ml_link}. */
final class JdbcMappingStore implements MappingStore {

    /** Two transactions that change the same links lock them in the same order. */
    private static final Comparator<Link> ORDER =
            Comparator.comparing(Link::source).thenComparing(Link::target);

    private static final Insert LINKS = Insert.into("ml_link", """
            source_connection, source_entity, source_id, target_connection, target_entity, target_id,
            target_version, fingerprint, linked_at, echo
            """, """
            ON CONFLICT (target_connection, source_connection, source_entity, source_id, target_entity)
            DO UPDATE SET target_id = excluded.target_id, target_version = excluded.target_version,
              fingerprint = excluded.fingerprint, linked_at = excluded.linked_at, echo = excluded.echo
            """);

    private final Session session;

    JdbcMappingStore(Session session) {
        this.session = session;
    }

    @Override
    public Map<RecordKey, Known> known(String flow, Endpoint target, Collection<RecordKey> sources) {
        session.reading();
        if (sources.isEmpty()) {
            return Map.of();
        }
        List<RecordKey> keys = distinct(sources);
        var found = new HashMap<RecordKey, Known>();
        session.query(
                "looking up what is known of " + keys.size() + " records",
                "WITH wanted (number, connection, entity, id) "
                        + session.dialect().keys()
                        + """
                          SELECT w.number, l.target_id, l.target_version, l.fingerprint, l.linked_at, l.echo,
                                 d.kind, d.fingerprint, i.fingerprint
                          FROM wanted w
                          LEFT JOIN ml_link l ON l.target_connection = ? AND l.target_entity = ?
                            AND l.source_connection = w.connection AND l.source_entity = w.entity
                            AND l.source_id = w.id
                          LEFT JOIN ml_letter d ON d.flow = ?
                            AND d.source_connection = w.connection AND d.source_entity = w.entity
                            AND d.source_id = w.id
                          LEFT JOIN ml_intent i ON i.flow = ? AND i.doubt IS NOT NULL
                            AND i.source_connection = w.connection AND i.source_entity = w.entity
                            AND i.source_id = w.id
                          WHERE l.target_id IS NOT NULL OR d.kind IS NOT NULL OR i.fingerprint IS NOT NULL
                          """,
                parameters -> {
                    session.dialect().bindKeys(parameters, keys);
                    parameters.text(target.connection()).text(target.entity());
                    parameters.text(flow).text(flow);
                },
                row -> {
                    RecordKey source = keys.get((int) row.number());
                    found.put(source, known(source, target, row));
                });
        return found;
    }

    /** A doubt weighs more than a letter: the record may have taken effect. */
    private static Known known(RecordKey source, Endpoint target, Row row) throws SQLException {
        Link link = link(source, target, row);
        String kind = row.textOrNull();
        long letterFingerprint = row.number();
        String doubtful = row.textOrNull();
        if (doubtful != null) {
            return new Known(link, Held.IN_DOUBT, Fingerprint.parse(doubtful).whole());
        }
        if (kind == null) {
            return new Known(link, null, 0);
        }
        Held held = Letter.Kind.valueOf(kind) == Letter.Kind.DEAD ? Held.DEAD : Held.PARKED;
        return new Known(link, held, letterFingerprint);
    }

    private static @Nullable Link link(RecordKey source, Endpoint target, Row row) throws SQLException {
        String id = row.textOrNull();
        String version = row.textOrNull();
        String fingerprint = row.textOrNull();
        Instant linkedAt = row.instant();
        String echo = row.textOrNull();
        return id == null || fingerprint == null
                ? null
                : new Link(
                        source,
                        target.key(id),
                        version,
                        Fingerprint.parse(fingerprint),
                        linkedAt,
                        echo == null ? null : Echo.parse(echo));
    }

    @Override
    public Map<RecordKey, TargetRef> resolve(String connection, Collection<RecordKey> keys) {
        session.reading();
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<RecordKey> wanted = distinct(keys);
        var found = new HashMap<RecordKey, TargetRef>();
        // CROSS JOIN keeps SQLite's planner from starting at the links.
        session.query(
                "resolving " + wanted.size() + " records at connection '" + connection + "'",
                "WITH wanted (number, connection, entity, id) "
                        + session.dialect().keys()
                        + """
                          SELECT w.number, l.target_id, l.target_version, 0 AS direction,
                                 l.linked_at AS linked_at, l.target_entity AS entity, l.target_id AS id
                          FROM wanted w CROSS JOIN ml_link l
                          WHERE l.target_connection = ? AND l.source_connection = w.connection
                            AND l.source_entity = w.entity AND l.source_id = w.id
                          UNION ALL
                          SELECT w.number, l.source_id, NULL, 1, l.linked_at, l.source_entity, l.source_id
                          FROM wanted w CROSS JOIN ml_link l
                          WHERE l.source_connection = ? AND l.target_connection = w.connection
                            AND l.target_entity = w.entity AND l.target_id = w.id
                          ORDER BY direction, linked_at DESC, entity, id
                          """,
                parameters -> {
                    session.dialect().bindKeys(parameters, wanted);
                    parameters.text(connection).text(connection);
                },
                row -> {
                    RecordKey key = wanted.get((int) row.number());
                    found.putIfAbsent(key, new TargetRef(row.text(), row.textOrNull()));
                });
        return found;
    }

    private static List<RecordKey> distinct(Collection<RecordKey> keys) {
        return new ArrayList<>(new LinkedHashSet<>(keys));
    }

    @Override
    public Optional<Link> find(RecordKey source, Endpoint target) {
        session.reading();
        var found = new ArrayList<Link>(1);
        session.query(
                "looking up the link of " + source,
                """
                SELECT target_id, target_version, fingerprint, linked_at, echo FROM ml_link
                WHERE source_connection = ? AND source_entity = ? AND source_id = ?
                  AND target_connection = ? AND target_entity = ?
                """,
                parameters -> parameters.key(source).text(target.connection()).text(target.entity()),
                row -> {
                    Link link = link(source, target, row);
                    if (link != null) {
                        found.add(link);
                    }
                });
        return found.stream().findFirst();
    }

    @Override
    public void put(Collection<Link> links) {
        session.writing();
        session.insert(
                "storing " + links.size() + " links",
                LINKS,
                inOrder(links),
                link -> List.of(
                        link.source(), link.target().connection(), link.target().entity()),
                (parameters, link) -> parameters
                        .key(link.source())
                        .key(link.target())
                        .text(link.targetVersion())
                        .text(link.fingerprint().format())
                        .instant(link.linkedAt())
                        .text(echo(link)));
    }

    private static @Nullable String echo(Link link) {
        return link.echo() == null ? null : link.echo().format();
    }

    /** Of two links with one source and target endpoint, the later stays. */
    private static Collection<Link> inOrder(Collection<Link> links) {
        var latest = new HashMap<List<Object>, Link>();
        for (Link link : links) {
            latest.put(
                    List.of(
                            link.source(),
                            link.target().connection(),
                            link.target().entity()),
                    link);
        }
        return latest.values().stream().sorted(ORDER).toList();
    }

    @Override
    public void remove(Endpoint target, Collection<RecordKey> sources) {
        session.writing();
        session.delete(
                "removing " + sources.size() + " links",
                "ml_link WHERE target_connection = ? AND target_entity = ?",
                parameters -> parameters.text(target.connection()).text(target.entity()),
                sources);
    }

    @Override
    public List<RecordKey> linked(Endpoint source, Endpoint target, String after, int limit) {
        session.reading();
        var found = new ArrayList<RecordKey>();
        session.query(
                "listing the links from " + source + " to " + target,
                """
                SELECT source_id FROM ml_link
                WHERE source_connection = ? AND source_entity = ?
                  AND target_connection = ? AND target_entity = ? AND source_id > ?
                ORDER BY source_id LIMIT ?
                """,
                parameters -> parameters
                        .text(source.connection())
                        .text(source.entity())
                        .text(target.connection())
                        .text(target.entity())
                        .text(after)
                        .number(limit),
                row -> found.add(source.key(row.text())));
        return found;
    }

    @Override
    public long count(Endpoint target) {
        session.reading();
        var count = new ArrayList<Long>(1);
        session.query(
                "counting the links to " + target,
                "SELECT COUNT(*) FROM ml_link WHERE target_connection = ? AND target_entity = ?",
                parameters -> parameters.text(target.connection()).text(target.entity()),
                row -> count.add(row.number()));
        return count.get(0);
    }
}
