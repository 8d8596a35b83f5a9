package io.mlconnector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a position says.
 *
 * @param phase what is being read, {@link Phase#REST} between two cycles
 * @param watermark the upper bound of the last finished cycle; null before the first
 * @param settled whether nothing can turn up any more at or below the watermark
 * @param since when, on the remote clock, the newest stamp was first seen to be {@code upper}, or the watermark while at rest; null
 *     if it did not tell
 * @param upper the upper bound of this cycle
 * @param ripe whether the watermark is settled once this cycle ends
 * @param outlier the newest unbelievable stamp, null if there is none
 * @param believable the latest believable stamp as of the probe, null if the remote clock did not tell
 * @param outliers stamps not to believe, as far as their time has not come
 * @param cursor where the cycle has come to; null at the start of a phase
 * @param witnesses rows of the page before, which must not come again
 */
record FrontierState<S extends Comparable<? super S>>(
        Phase phase,
        @Nullable S watermark,
        boolean settled,
        @Nullable Instant since,
        @Nullable S upper,
        boolean ripe,
        @Nullable S outlier,
        @Nullable S believable,
        FrontierOutliers<S> outliers,
        @Nullable Row<S> cursor,
        List<Row<S>> witnesses) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    enum Phase {
        REST,
        LOAD,
        OUTLIERS,
        CYCLE
    }

    /** A row by stamp and key; the stamp may be missing while loading by key. */
    record Row<S>(@Nullable S stamp, List<String> key) {}

    static <S extends Comparable<? super S>> FrontierState<S> start() {
        return atRest(null, false, null, null, FrontierOutliers.<S>none());
    }

    static <S extends Comparable<? super S>> FrontierState<S> atRest(
            @Nullable S watermark,
            boolean settled,
            @Nullable Instant since,
            @Nullable S outlier,
            FrontierOutliers<S> outliers) {
        return new FrontierState<>(
                Phase.REST, watermark, settled, since, null, false, outlier, null, outliers, null, List.of());
    }

    /** Returns the state at the beginning of another phase of the same cycle. */
    FrontierState<S> entering(Phase next) {
        return new FrontierState<>(
                next, watermark, settled, since, upper, ripe, outlier, believable, outliers, null, List.of());
    }

    /** Returns the state after a page. */
    FrontierState<S> after(List<Row<S>> page) {
        Row<S> last = page.get(page.size() - 1);
        List<Row<S>> kept = FrontierOrder.witnesses(phase, page);
        return new FrontierState<>(
                phase, watermark, settled, since, upper, ripe, outlier, believable, outliersWith(page), last, kept);
    }

    private FrontierOutliers<S> outliersWith(List<Row<S>> page) {
        S latest = believable;
        return latest == null || phase != Phase.OUTLIERS
                ? outliers
                : outliers.with(page.stream()
                        .flatMap(row -> Stream.ofNullable(row.stamp()))
                        .filter(stamp -> stamp.compareTo(latest) > 0));
    }

    String format(String set, StampKind<S> kind) {
        ObjectNode json = JSON.createObjectNode();
        json.put("v", VERSION).put("set", set).put("phase", phase.name());
        putStamp(json, "watermark", watermark, kind);
        putStamp(json, "upper", upper, kind);
        putStamp(json, "outlier", outlier, kind);
        putStamp(json, "believable", believable, kind);
        if (!outliers.stamps().isEmpty()) {
            ArrayNode stamps = json.putArray("outliers");
            outliers.stamps().forEach(stamp -> stamps.add(kind.format(stamp)));
        }
        if (settled) {
            json.put("settled", true);
        }
        if (ripe) {
            json.put("ripe", true);
        }
        if (since != null) {
            json.put("since", since.toString());
        }
        if (cursor != null) {
            putRow(json.putObject("cursor"), cursor, kind);
        }
        if (!witnesses.isEmpty()) {
            ArrayNode rows = json.putArray("witnesses");
            witnesses.forEach(row -> putRow(rows.addObject(), row, kind));
        }
        return json.toString();
    }

    static <S extends Comparable<? super S>> FrontierState<S> parse(String position, String set, StampKind<S> kind) {
        try {
            JsonNode json = JSON.readTree(position);
            if (json == null
                    || json.path("v").asInt() != VERSION
                    || !json.path("set").isTextual()) {
                throw new FrontierException("not a position of set " + set + ": " + abridged(position));
            }
            if (!json.path("set").asText().equals(set)) {
                throw new FrontierException(
                        "a position of set " + json.path("set").asText() + " cannot be used for set " + set);
            }
            return read(json, kind).checked();
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new FrontierException("not a position of set " + set + ": " + abridged(position), e);
        }
    }

    private static <S extends Comparable<? super S>> FrontierState<S> read(JsonNode json, StampKind<S> kind) {
        return new FrontierState<>(
                Phase.valueOf(json.path("phase").asText()),
                stamp(json, "watermark", kind),
                json.path("settled").asBoolean(),
                json.hasNonNull("since") ? Instant.parse(json.path("since").asText()) : null,
                stamp(json, "upper", kind),
                json.path("ripe").asBoolean(),
                stamp(json, "outlier", kind),
                stamp(json, "believable", kind),
                outliers(json.path("outliers"), kind),
                json.has("cursor") ? row(json.path("cursor"), kind) : null,
                witnesses(json.path("witnesses"), kind));
    }

    private FrontierState<S> checked() {
        boolean sound = switch (phase) {
            case REST -> cursor == null;
            case LOAD -> upper != null;
            case OUTLIERS ->
                outlier != null && (believable != null || !outliers.stamps().isEmpty());
            case CYCLE -> upper != null && (cursor == null || cursor.stamp() != null);
        };
        if (!sound) {
            throw new IllegalArgumentException("parts of phase " + phase + " are missing");
        }
        return this;
    }

    private static <S extends Comparable<? super S>> @Nullable S stamp(JsonNode json, String field, StampKind<S> kind) {
        return json.hasNonNull(field) ? kind.parse(json.path(field).asText()) : null;
    }

    private static <S extends Comparable<? super S>> FrontierOutliers<S> outliers(JsonNode json, StampKind<S> kind) {
        List<S> stamps = new ArrayList<>();
        json.forEach(stamp -> stamps.add(kind.parse(stamp.asText())));
        return FrontierOutliers.<S>none().with(stamps.stream());
    }

    private static <S extends Comparable<? super S>> Row<S> row(JsonNode json, StampKind<S> kind) {
        List<String> key = new ArrayList<>();
        json.path("key").forEach(part -> key.add(part.asText()));
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a row without a key");
        }
        return new Row<>(stamp(json, "stamp", kind), List.copyOf(key));
    }

    private static <S extends Comparable<? super S>> List<Row<S>> witnesses(JsonNode json, StampKind<S> kind) {
        List<Row<S>> rows = new ArrayList<>();
        json.forEach(row -> rows.add(row(row, kind)));
        return List.copyOf(rows);
    }

    private static <S extends Comparable<? super S>> void putStamp(
            ObjectNode json, String field, @Nullable S stamp, StampKind<S> kind) {
        if (stamp != null) {
            json.put(field, kind.format(stamp));
        }
    }

    private static <S extends Comparable<? super S>> void putRow(ObjectNode json, Row<S> row, StampKind<S> kind) {
        putStamp(json, "stamp", row.stamp(), kind);
        ArrayNode parts = json.putArray("key");
        row.key().forEach(parts::add);
    }

    private static String abridged(String position) {
        return position.length() <= 120 ? position : position.substring(0, 120) + "...";
    }
}
