package io.mlconnector.ifs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.http.FrontierException;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the rows that the history log names. Before that the whole set is read by key once, unless only changes are of
 * interest; where the log stood is asked first, so that nothing falls between the two.
 */
final class HistoryFeed implements Feed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HistoryLog log;
    private final Feed entries;
    private final List<SweepFeed> load;
    private final List<SetReader> readers;
    private final List<BulkReader> rows;
    private final String company;

    /**
     * @param entries the entries of the log since the first poll
     * @param load reads the whole sets; empty if only changes are of interest
     * @param readers the sets that may have a row
     * @param rows the same sets, to read many rows at once
     */
    HistoryFeed(
            HistoryLog log,
            Feed entries,
            List<SweepFeed> load,
            List<SetReader> readers,
            List<BulkReader> rows,
            String company) {
        this.log = log;
        this.entries = entries;
        this.load = load;
        this.readers = readers;
        this.rows = rows;
        this.company = company;
    }

    @Override
    public String name() {
        return "history:" + log.logged().lu() + ":" + readers.get(0).path().text();
    }

    @Override
    public String start() {
        return format(new Place(entries.start(), 0, ""));
    }

    @Override
    public FeedPage poll(String position) {
        Place place = parse(position);
        while (place.loading() < load.size()) {
            FeedPage page = load.get(place.loading()).poll(place.sweep());
            Place next = page.last()
                    ? new Place(place.log(), place.loading() + 1, "")
                    : new Place(place.log(), place.loading(), page.next());
            if (!page.last() || !page.unreadable().isEmpty()) {
                return new FeedPage(page.rows(), page.unreadable(), format(next), false);
            }
            place = next;
        }
        FeedPage page = entries.poll(place.log());
        return changed(page, format(new Place(page.next(), place.loading(), "")));
    }

    private FeedPage changed(FeedPage page, String next) {
        var unreadable = new LinkedHashMap<String, String>();
        page.unreadable().forEach(entry -> unreadable.put(log.name(entry), entry.raw()));
        Set<List<String>> missing = new LinkedHashSet<>();
        Set<List<String>> removed = new LinkedHashSet<>();
        for (Row entry : page.rows()) {
            List<String> key = log.key(entry);
            if (!isKey(key)) {
                unreadable.put(log.name(entry), entry.raw());
            } else if (isOfThisCompany(key)) {
                missing.add(key);
                if (log.isRemoval(entry)) {
                    removed.add(key);
                }
            }
        }
        List<Row> found = read(missing, removed);
        removed.retainAll(missing);
        return new FeedPage(
                found, List.of(), next, page.last(), new Logged(List.copyOf(removed), Map.copyOf(unreadable)));
    }

    /** The rows with these keys. Those that were found are no longer missing, nor are they removed. */
    private List<Row> read(Set<List<String>> missing, Set<List<String>> removed) {
        var found = new ArrayList<Row>();
        for (BulkReader reader : rows) {
            if (!missing.isEmpty()) {
                var met = new LinkedHashSet<List<String>>();
                reader.read(missing, (wanted, page) -> {
                    for (Row row : page) {
                        List<String> key = reader.shape().key(row).orElse(List.of());
                        if (met.add(key)) {
                            found.add(row);
                        }
                        if (!missing.contains(key)) {
                            removed.clear(); // the log writes keys in another way, so nobody can tell what is gone
                        }
                    }
                    return met.containsAll(wanted);
                });
                missing.removeAll(met);
            }
        }
        return found;
    }

    /** Whether the values can be those of a key, so that they can be asked for. */
    private boolean isKey(List<String> key) {
        if (key.isEmpty()) {
            return false;
        }
        try {
            readers.get(0).literals(key);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private boolean isOfThisCompany(List<String> key) {
        int at = log.logged().keyNames().indexOf(EntitySet.COMPANY);
        return at < 0 || key.get(at).equals(company);
    }

    /**
     * How far the log was read.
     *
     * @param log the position in the log
     * @param loading which set is being read as a whole
     * @param sweep the position in that set
     */
    private record Place(String log, int loading, String sweep) {}

    private static String format(Place place) {
        return JSON.createObjectNode()
                .put("log", place.log())
                .put("loading", place.loading())
                .put("sweep", place.sweep())
                .toString();
    }

    private static Place parse(String position) {
        try {
            JsonNode json = JSON.readTree(position);
            if (json.path("log").isTextual() && json.path("loading").asInt(-1) >= 0) {
                return new Place(
                        json.path("log").asText(),
                        json.path("loading").asInt(),
                        json.path("sweep").asText());
            }
        } catch (JsonProcessingException e) {
            // the message below shows the text
        }
        throw new FrontierException("not a position in a history log: " + position);
    }
}
