package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.FrontierException;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source that reads its feeds by turns. */
final class FeedSource<T extends BusinessRecord> implements Source<T> {

    private static final int LONGEST_ID = 64;

    private final String connection;
    private final BillApi api;
    private final Reading<T> reading;
    private final List<Feed> feeds;
    private final Runnable beforePass;
    private final Function<RecordKey, List<String>> pointer;

    /**
     * Makes a source.
     *
     * @param pointer the ids of this source's records that the object of an event may have changed
     */
    FeedSource(
            BillApi api,
            Reading<T> reading,
            List<Feed> feeds,
            Runnable beforePass,
            Function<RecordKey, List<String>> pointer) {
        this.connection = api.connection();
        this.api = api;
        this.reading = reading;
        this.feeds = List.copyOf(feeds);
        this.beforePass = beforePass;
        this.pointer = pointer;
    }

    @Override
    public Class<T> type() {
        return reading.type();
    }

    @Override
    public Lineage lineage() {
        return reading.lineage();
    }

    @Override
    public Page<T> poll(Position from) {
        State state = State.read(from, feeds);
        if (state.turn() == 0) {
            beforePass.run();
        }
        Feed feed = feeds.get(state.turn());
        Feed.FeedPage page = feed.poll(state.at().getOrDefault(feed.name(), ""));
        var changes = new ArrayList<Change<T>>();
        var malformed = new ArrayList<Malformed>();
        page.unreadable().forEach(row -> malformed.add(unreadable(row)));
        Function<Row, T> records = reading.of(page.rows());
        for (Row row : page.rows()) {
            try {
                changes.add(change(row, records.apply(row), page.serverTime()));
            } catch (MappingException e) {
                malformed.add(new Malformed(key(UpdatedSet.id(row)), row.raw(), e.faults()));
            }
        }
        int next = page.last() ? (state.turn() + 1) % feeds.size() : state.turn();
        boolean last = page.last() && next == 0;
        return new Page<>(
                changes, malformed, state.after(feed.name(), page.next(), next).toPosition(feeds), last, Notes.NONE);
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        if (!isPlausible(id)) {
            return Optional.empty();
        }
        return api.row(reading.resource(), id, reading.layout())
                .filter(row -> row.text("id") != null)
                .map(row -> change(row, reading.of(List.of(row)).apply(row), api.serverNow()));
    }

    @Override
    public List<String> affectedBy(InboxEvent event) {
        RecordKey object = event.object();
        return object == null ? List.of() : pointer.apply(object);
    }

    /** An id goes into an address. */
    static boolean isPlausible(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST_ID
                && id.chars().allMatch(letter -> letter < 128 && (Character.isLetterOrDigit(letter) || letter == '-'));
    }

    private Change<T> change(Row row, T record, @Nullable Instant serverTime) {
        String updated = row.text(UpdatedSet.UPDATED);
        Instant modified = updated == null ? null : Conversions.instantOf(updated);
        return Change.upsert(record, modified, updated).asOf(serverTime);
    }

    private Malformed unreadable(Row row) {
        String id = row.text("id");
        String fault = row.fault();
        String raw = row.raw();
        RecordKey key = key(id == null || id.isBlank() ? "unreadable-" + Integer.toHexString(raw.hashCode()) : id);
        return new Malformed(
                key, raw, List.of(fault == null ? "a row needs id and a valid time in " + UpdatedSet.UPDATED : fault));
    }

    private RecordKey key(String id) {
        return new RecordKey(connection, reading.resource(), id);
    }

    /** Whose turn it is and where each feed stands. */
    private record State(int turn, Map<String, String> at) {

        static State read(Position position, List<Feed> feeds) {
            var at = new LinkedHashMap<String, String>();
            if (position.isStart()) {
                return new State(0, at);
            }
            JsonNode json = Json.readOrMissing(position.value().getBytes(StandardCharsets.UTF_8));
            if (!json.path("at").isObject()) {
                String text = position.value();
                throw new FrontierException("not a position of a BILL source: "
                        + (text.length() <= 120 ? text : text.substring(0, 120) + "…"));
            }
            json.path("at")
                    .properties()
                    .forEach(entry -> at.put(entry.getKey(), entry.getValue().asText()));
            int turn = 0;
            for (int i = 0; i < feeds.size(); i++) {
                turn = feeds.get(i).name().equals(json.path("turn").asText()) ? i : turn;
            }
            return new State(turn, at);
        }

        State after(String feed, String position, int nextTurn) {
            var moved = new LinkedHashMap<>(at);
            moved.put(feed, position);
            return new State(nextTurn, moved);
        }

        Position toPosition(List<Feed> feeds) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("turn", feeds.get(turn).name());
            ObjectNode positions = json.putObject("at");
            at.forEach(positions::put);
            return new Position(json.toString());
        }
    }
}
