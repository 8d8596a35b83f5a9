package io.mlconnector.syspro;

import io.mlconnector.http.FrontierException;
import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Reads a whole table, or all rows that fulfil a condition, by its key in every pass. Whether a row did change is told by the
 * fingerprint of its content, which the engine keeps.
 */
final class ScanFeed implements Feed {

    private final String name;
    private final TableReader reader;
    private final int pageSize;

    ScanFeed(String name, TableReader reader, int pageSize) {
        this.name = name;
        this.reader = reader;
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FeedPage poll(String position) {
        List<String> keys = reader.table().keys();
        List<String> last = position.isEmpty() ? List.of() : RecordIds.split(position);
        if (!last.isEmpty() && last.size() != keys.size()) {
            throw new FrontierException(
                    "not a position in a scan of " + reader.table().name() + ": " + position);
        }
        List<String> conditions = last.isEmpty()
                ? List.of()
                : List.of(Filters.after(keys, last.stream().map(Filters::text).toList()));
        var good = new ArrayList<Row>();
        var unreadable = new ArrayList<Row>();
        int skip = 0;
        while (true) {
            List<Row> rows = reader.page(conditions, keys, pageSize, skip).rows();
            rows.forEach(row -> (reader.key(row).isPresent() ? good : unreadable).add(row));
            if (rows.isEmpty()) {
                return new FeedPage(List.of(), unreadable, "", true); // a short page may have been cut by the server
            }
            if (!good.isEmpty()) {
                break;
            }
            skip += rows.size();
        }
        refuseRepeated(last, good);
        List<String> end = reader.key(good.get(good.size() - 1)).orElseThrow();
        return new FeedPage(good, unreadable, RecordIds.join(end), false);
    }

    private void refuseRepeated(List<String> last, List<Row> rows) {
        var met = new HashSet<List<String>>();
        met.add(last);
        for (Row row : rows) {
            List<String> key = reader.key(row).orElseThrow();
            if (!met.add(key)) {
                throw new FrontierException("table " + reader.table().name() + ": row " + key
                        + " came twice in one scan; the server orders by other rules than it compares by, so that rows"
                        + " would be skipped");
            }
        }
    }
}
