package io.mlconnector.ifs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.FrontierException;
import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole set by its key in every pass, for sets that do not tell when a row changed. Whether a row did change
 * is for the receiver to see by its content: two changes within a second may leave the same ETag.
 */
final class SweepFeed implements Feed {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAMPLE = 200;

    private final SetReader reader;
    private final ODataSet set;
    private final int pageSize;

    SweepFeed(SetReader reader, int pageSize) {
        this.reader = reader;
        this.set = new ODataSet(reader);
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        return "sweep:" + reader.path().text();
    }

    @Override
    public FeedPage poll(String position) {
        Place place = position.isEmpty() ? new Place(null, List.of()) : parse(position);
        List<Row> rows = set.pageByKey(place.last(), pageSize);
        List<Row> unreadable = set.takeUnreadable();
        if (rows.isEmpty()) {
            return new FeedPage(rows, unreadable, "", true); // a short page may have been cut by the server
        }
        List<List<String>> keys = rows.stream().map(set::keyOf).toList();
        refuseRepeated(place, keys);
        return new FeedPage(rows, unreadable, format(Place.after(keys)), false);
    }

    /**
     * Throws if the row after another is not its neighbour. Looks where the order is neither that of the codes nor that
     * of the letters, and at both ends.
     */
    void verify() {
        boolean holds = neighboursHold();
        if (!holds) {
            holds = neighboursHold(); // a row may have come or gone between two questions
        }
        if (!holds) {
            throw broken("the row after another is not the next one in the order");
        }
    }

    private boolean neighboursHold() {
        List<List<String>> keys = keys(null, SAMPLE);
        Set<Integer> telling = new TreeSet<>();
        for (Comparator<String> text : orders()) {
            IntStream.range(0, keys.size() - 1)
                    .filter(at -> byParts(text).compare(keys.get(at), keys.get(at + 1)) > 0)
                    .limit(2)
                    .forEach(telling::add);
        }
        if (keys.size() > 1) {
            telling.add(0);
            telling.add(keys.size() - 2);
        }
        return telling.stream().allMatch(at -> keys(keys.get(at), 1).equals(List.of(keys.get(at + 1))));
    }

    private List<List<String>> keys(@Nullable List<String> after, int size) {
        List<List<String>> keys =
                set.pageByKey(after, size).stream().map(set::keyOf).toList();
        set.takeUnreadable();
        return keys;
    }

    private void refuseRepeated(Place place, List<List<String>> keys) {
        var met = new HashSet<>(place.witnesses());
        if (place.last() != null) {
            met.add(place.last());
        }
        for (List<String> key : keys) {
            if (!met.add(key)) {
                throw broken("row " + key + " came twice in one sweep");
            }
        }
    }

    private FrontierException broken(String what) {
        return new FrontierException("set " + reader.path().text() + ": " + what
                + "; the server orders by other rules than it compares by, so that rows would be skipped");
    }

    private static List<Comparator<String>> orders() {
        return List.of(Comparator.naturalOrder(), String.CASE_INSENSITIVE_ORDER);
    }

    private static Comparator<List<String>> byParts(Comparator<String> text) {
        return (one, other) -> IntStream.range(0, Math.min(one.size(), other.size()))
                .map(at -> text.compare(one.get(at), other.get(at)))
                .filter(result -> result != 0)
                .findFirst()
                .orElse(0);
    }

    /**
     * How far a sweep has come.
     *
     * @param last the key of the last row; null at the beginning
     * @param witnesses keys of the page that come again on the next one if the server orders text by one collation and
     *     compares it by another: the greatest by code and the greatest by letter stand for all
     */
    private record Place(@Nullable List<String> last, List<List<String>> witnesses) {

        static Place after(List<List<String>> keys) {
            List<String> last = keys.get(keys.size() - 1);
            Stream<List<String>> greatest = orders().stream().map(text -> Collections.max(keys, byParts(text)));
            return new Place(
                    last, greatest.filter(key -> !key.equals(last)).distinct().toList());
        }
    }

    private static String format(Place place) {
        ObjectNode json = JSON.createObjectNode();
        List<String> last = place.last();
        if (last != null) {
            last.forEach(json.putArray("after")::add);
        }
        if (!place.witnesses().isEmpty()) {
            ArrayNode witnesses = json.putArray("witnesses");
            place.witnesses().forEach(key -> key.forEach(witnesses.addArray()::add));
        }
        return json.toString();
    }

    private Place parse(String position) {
        try {
            JsonNode json = JSON.readTree(position);
            List<String> last = key(json.path("after"));
            if (last.size() == reader.entity().keys().size()) {
                var witnesses = new ArrayList<List<String>>();
                json.path("witnesses").forEach(key -> witnesses.add(key(key)));
                return new Place(last, witnesses);
            }
        } catch (JsonProcessingException e) {
            // the message below shows the text
        }
        throw new FrontierException("not a position in a sweep of "
                + reader.path().text() + " by " + reader.entity().keyNames() + ": " + position);
    }

    private static List<String> key(JsonNode json) {
        var key = new ArrayList<String>();
        json.forEach(part -> key.add(part.asText()));
        return List.copyOf(key);
    }
}
