package io.mlconnector.ifs;

import static java.util.Objects.requireNonNull;

import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set as the frontier polls it: probe, window, keyset. Rows that have no readable key or stamp cannot take part in the
 * order; they are put aside. For one thread at a time.
 */
final class ODataSet implements FrontierSet<Row, Instant> {

    private static final int MOST_UNREADABLE_PAGES = 20;

    private final SetReader reader;
    private final String modified;
    private final List<Row> unreadable = new ArrayList<>();

    ODataSet(SetReader reader) {
        this.reader = reader;
        this.modified = reader.entity().modifiedField();
    }

    /** The rows put aside since the last call. */
    List<Row> takeUnreadable() {
        List<Row> taken = List.copyOf(unreadable);
        unreadable.clear();
        return taken;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        // nulls come first in descending order in the database below
        List<String> conditions = List.of(modified + (atMost == null ? " ne null" : " le " + atMost));
        ODataClient.Answered answered = reader.page(conditions, List.of(modified + " desc"), List.of(modified), 1, 0);
        List<Row> rows = answered.rows();
        Instant newest = rows.isEmpty() ? null : reader.shape().stamp(rows.get(0));
        if (newest == null && !rows.isEmpty()) {
            throw unusable("the newest row of " + reader.path() + " has no readable " + modified);
        }
        return new FrontierProbe<>(newest, answered.sentAt());
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        var conditions = new ArrayList<String>();
        if (window.from() != null) {
            conditions.add(modified + (window.fromIncluded() ? " ge " : " gt ") + window.from());
        }
        if (window.to() != null) {
            conditions.add(modified + " le " + window.to());
        }
        var order = new ArrayList<String>();
        order.add(modified);
        order.addAll(reader.entity().keyNames());
        if (after != null) {
            var literals = new ArrayList<String>();
            literals.add(after.stamp().toString());
            literals.addAll(reader.literals(after.key()));
            conditions.add(Filters.after(order, literals));
        }
        return readable(conditions, order, size);
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        List<String> order = reader.entity().keyNames();
        List<String> conditions = after == null ? List.of() : List.of(Filters.after(order, reader.literals(after)));
        return readable(conditions, order, size);
    }

    /** Rows that can be ordered; a page of others is passed over by position, for they have no value to go by. */
    private List<Row> readable(List<String> conditions, List<String> order, int size) {
        boolean byStamp = order.get(0).equals(modified);
        int skip = 0;
        for (int page = 0; page < MOST_UNREADABLE_PAGES; page++) {
            List<Row> rows = reader.rows(conditions, order, size, skip);
            List<Row> good = rows.stream()
                    .filter(row -> reader.shape().key(row).isPresent()
                            && (!byStamp || reader.shape().stamp(row) != null))
                    .toList();
            if (good.size() < rows.size()) {
                rows.stream().filter(row -> !good.contains(row)).forEach(unreadable::add);
            }
            if (rows.isEmpty() || !good.isEmpty()) {
                return good;
            }
            skip += rows.size();
        }
        throw unusable(MOST_UNREADABLE_PAGES + " pages of " + reader.path() + " have no row with a readable key and "
                + modified);
    }

    @Override
    public @Nullable Instant stampOf(Row row) {
        return reader.shape().stamp(row);
    }

    @Override
    public List<String> keyOf(Row row) {
        return requireNonNull(reader.shape().key(row).orElse(null), "key");
    }

    private static UnavailableException unusable(String why) {
        return new UnavailableException(why, Details.NONE);
    }
}
