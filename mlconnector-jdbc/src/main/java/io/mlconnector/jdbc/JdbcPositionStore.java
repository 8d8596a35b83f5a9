package io.mlconnector.jdbc;

import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.PositionStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Positions in {@code ml_position}, notes in {@code ml_note}. */
final class JdbcPositionStore implements PositionStore {

    private static final Insert NOTES = Insert.into(
            "ml_note", "flow, name, value", "ON CONFLICT (flow, name) DO UPDATE SET value = excluded.value");

    private final Session session;

    JdbcPositionStore(Session session) {
        this.session = session;
    }

    @Override
    public Position position(String flow) {
        session.reading();
        var found = new ArrayList<Position>(1);
        session.query(
                "reading the position of flow '" + flow + "'",
                "SELECT value FROM ml_position WHERE flow = ?",
                parameters -> parameters.text(flow),
                row -> found.add(new Position(row.text())));
        return found.isEmpty() ? Position.START : found.get(0);
    }

    @Override
    public void save(String flow, Position position) {
        session.writing(flow);
        session.write(
                "saving the position of flow '" + flow + "'",
                """
                INSERT INTO ml_position (flow, value) VALUES (?, ?)
                ON CONFLICT (flow) DO UPDATE SET value = excluded.value
                """,
                parameters -> parameters.text(flow).text(position.value()));
    }

    @Override
    public Map<String, String> notes(String flow) {
        session.reading();
        var notes = new HashMap<String, String>();
        session.query(
                "reading the notes of flow '" + flow + "'",
                "SELECT name, value FROM ml_note WHERE flow = ?",
                parameters -> parameters.text(flow),
                row -> notes.put(row.text(), row.text()));
        return notes;
    }

    @Override
    public void save(String flow, Notes notes) {
        session.writing(flow);
        List<String> removed = new ArrayList<>();
        Map<String, String> set = new HashMap<>();
        notes.changes().forEach((name, text) -> {
            if (text == null) {
                removed.add(name);
            } else {
                set.put(name, text);
            }
        });
        if (!removed.isEmpty()) {
            session.write(
                    "removing notes of flow '" + flow + "'",
                    "DELETE FROM ml_note WHERE flow = ? AND "
                            + session.dialect().isOneOf("name"),
                    parameters -> {
                        parameters.text(flow);
                        session.dialect().bindTexts(parameters, removed);
                    });
        }
        session.insert(
                "saving notes of flow '" + flow + "'",
                NOTES,
                set.entrySet(),
                Map.Entry::getKey,
                (parameters, note) -> parameters.text(flow).text(note.getKey()).text(note.getValue()));
    }
}
