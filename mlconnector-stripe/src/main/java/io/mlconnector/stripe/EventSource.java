package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.stripe.Reader.Listing;
import io.mlconnector.stripe.StripeSettings.EventReading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what has changed by the account's events, and the changed objects themselves by their lists or ids.
 *
 * <p>A pass walks from the newest event back to some minutes before the newest one of the last pass; events of one second and
 * such as appear a little late lie in that overlap. Every hour a pass looks back further, for events that appear hours late. A
 * pass must meet the newest event that the last one knew. If it does not, because Stripe forgets events after thirty days, or if
 * nobody asked for almost as long, every object is read by the lists, as at the first time.
 *
 * @param <T> the kind of record
 */
final class EventSource<T extends BusinessRecord> implements Source<T> {

    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);
    private static final String EVENTS = "/v1/events";

    /** A day less than Stripe keeps events. */
    private static final long LONGEST_SILENCE = Duration.ofDays(29).toSeconds();

    private final String connection;
    private final StripeApi api;
    private final StripeErrors errors;
    private final Reader<T> reader;
    private final EventReading reading;
    private final InstantSource clock;
    private final SeenEvents seen = new SeenEvents();

    /** The events of one object are asked about one after the other, before anything of it is fetched. */
    private @Nullable RecordKey lastObject;

    private List<String> lastIds = List.of();

    EventSource(
            String connection,
            StripeApi api,
            StripeErrors errors,
            Reader<T> reader,
            EventReading reading,
            InstantSource clock) {
        this.connection = connection;
        this.api = api;
        this.errors = errors;
        this.reader = reader;
        this.reading = reading;
        this.clock = clock;
    }

    @Override
    public Class<T> type() {
        return reader.type();
    }

    @Override
    public Page<T> poll(Position from) {
        return errors.reading(() -> {
            lastObject = null;
            seen.readingFrom(from);
            Progress progress = Progress.of(from).orElse(null);
            if (progress == null || now() - progress.polledAt() > LONGEST_SILENCE) {
                return listFromTheStart();
            }
            return switch (progress.phase()) {
                case LISTS -> list(progress);
                case EVENTS -> events(progress);
                case IDLE -> events(begun(progress));
            };
        });
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        lastObject = null;
        return errors.reading(() -> reader.fetch(id));
    }

    @Override
    public List<String> affectedBy(InboxEvent event) {
        Hint hint = Hint.of(event);
        return hint == null || !reader.events().contains(event.type())
                ? List.of()
                : errors.reading(() -> affectedBy(hint));
    }

    private List<String> affectedBy(Hint hint) {
        RecordKey object = hint.key(connection);
        if (!object.equals(lastObject)) {
            Found<T> found = reader.affected(hint);
            if (!found.postponed().isEmpty()) {
                throw new UnavailableException(
                        connection + ": what " + hint.type() + " tells of " + hint.id() + " is not to be seen yet",
                        Details.of(connection, hint.type()));
            }
            lastIds = found.ids();
            lastObject = object;
        }
        return lastIds;
    }

    @Override
    public void settled(Position position) {
        seen.settled(position);
    }

    @Override
    public Lineage lineage() {
        return reader.lineage();
    }

    private Progress begun(Progress idle) {
        boolean lookBack = now() - idle.sweptAt() >= reading.lookBackEvery().toSeconds();
        Duration overlap = lookBack ? reading.lookBack() : reading.overlap();
        return idle.events(Math.max(0, idle.headAt() - overlap.toSeconds()), lookBack);
    }

    private Page<T> events(Progress progress) {
        Optional<StripeApi.Slice> slice = walked(progress);
        if (slice.isEmpty()) {
            LOG.info(
                    "{}: {} are compared by lists, because Stripe no longer knows event {}",
                    connection,
                    name(),
                    progress.cursor());
            return listFromTheStart();
        }
        List<JsonObject> events = slice.get().objects();
        Progress here = progress;
        if (progress.cursor().isEmpty() && !events.isEmpty()) {
            here = progress.newest(Wire.id(events.get(0)), Wire.number(events.get(0), "created"));
        }
        boolean met = here.met();
        Map<Hint, List<String>> hints = new LinkedHashMap<>();
        for (JsonObject event : events) {
            String id = Wire.id(event);
            met = met || id.equals(progress.head());
            Hint hint = Hint.of(event);
            if (hint != null && !seen.contains(id)) {
                hints.computeIfAbsent(hint, tells -> new ArrayList<>()).add(id);
            }
        }
        Progress next = here.onEvents(events.isEmpty() ? "" : Wire.id(events.get(events.size() - 1)), met, now());
        boolean last = !slice.get().more();
        if (last && !met) {
            LOG.info(
                    "{}: {} are compared by lists, because events since {} are missing",
                    connection,
                    name(),
                    progress.head());
        }
        Position position = !last ? next.position() : met ? next.idle(now()).position() : Position.START;
        var oldestFirst = new ArrayList<>(hints.keySet());
        Collections.reverse(oldestFirst);
        Found<T> found = reader.hinted(oldestFirst);
        hints.keySet().removeAll(found.postponed());
        seen.read(hints.values().stream().flatMap(List::stream).toList(), position);
        return page(found, position, last && met);
    }

    private Optional<StripeApi.Slice> walked(Progress progress) {
        var query = new LinkedHashMap<String, Object>();
        query.put("types", reader.events());
        query.put("created", Map.of("gte", progress.since()));
        return slice(EVENTS, query, progress.cursor());
    }

    private Page<T> listFromTheStart() {
        List<JsonObject> newest =
                api.list(EVENTS, Map.of("types", reader.events(), "limit", 1)).objects();
        return list(
                newest.isEmpty()
                        ? Progress.lists("", 0, now())
                        : Progress.lists(Wire.id(newest.get(0)), Wire.number(newest.get(0), "created"), now()));
    }

    private Page<T> list(Progress progress) {
        List<Listing> lists = reader.lists();
        Listing list = lists.get(Math.min(progress.list(), lists.size() - 1));
        var query = new LinkedHashMap<>(list.query());
        if (reading.from() != null) {
            query.put("created", Map.of("gte", reading.from().getEpochSecond()));
        }
        Optional<StripeApi.Slice> slice = slice(list.path(), query, progress.cursor());
        if (slice.isEmpty()) {
            // The object where the last page ended was deleted: this list is read anew.
            return page(
                    new Found<>(), progress.onList(progress.list(), "", now()).position(), false);
        }
        List<JsonObject> objects = slice.get().objects();
        Found<T> found = reader.listed(list, objects);
        if (slice.get().more()) {
            String end = Wire.id(objects.get(objects.size() - 1));
            return page(found, progress.onList(progress.list(), end, now()).position(), false);
        }
        boolean last = progress.list() + 1 >= lists.size();
        Progress next = last ? progress.idle(now()) : progress.onList(progress.list() + 1, "", now());
        return page(found, next.position(), last);
    }

    /** Returns a page of a list; empty if the object that it goes on after is unknown. */
    private Optional<StripeApi.Slice> slice(String path, Map<String, Object> query, String cursor) {
        var full = new LinkedHashMap<>(query);
        full.put("limit", reading.pageSize());
        if (!cursor.isEmpty()) {
            full.put("starting_after", cursor);
        }
        try {
            return Optional.of(api.list(path, full));
        } catch (StripeRefusedException e) {
            if (!cursor.isEmpty() && e.code().equals("resource_missing")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Page<T> page(Found<T> found, Position next, boolean last) {
        return new Page<>(found.changes(), found.malformed(), next, last, Notes.NONE);
    }

    private String name() {
        return reader.type().getSimpleName();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
