package io.mlconnector.syspro;

import static java.util.Objects.requireNonNull;

import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the frontier polls it. Rows without a readable key or stamp are put aside. For one thread at a time.
 *
 * <p>A page that is shorter than any limit of a server is known to be the last one, so that the empty page behind it is not
 * asked for: an idle poll then costs two requests at most.
 */
final class TableSet<S extends Comparable<? super S>> implements FrontierSet<Row, S> {

    /** No server was seen that cuts pages off below this number of rows. */
    private static final int SMALLEST_LIMIT = 100;

    private static final int MOST_UNREADABLE_PAGES = 20;

    private final TableReader reader;
    private final Stamp<S> stamp;
    private final List<Row> unreadable = new ArrayList<>();
    private @Nullable FrontierCursor<S> end;
    private @Nullable FrontierWindow<S> endOf;

    TableSet(TableReader reader, Stamp<S> stamp) {
        this.reader = reader;
        this.stamp = stamp;
    }

    /** The rows put aside since the last call. */
    List<Row> takeUnreadable() {
        List<Row> taken = List.copyOf(unreadable);
        unreadable.clear();
        return taken;
    }

    @Override
    public FrontierProbe<S> probe(@Nullable S atMost) {
        forgetEnd();
        String condition = stamp.column()
                + (atMost == null ? " ne null" : " le " + stamp.writing().apply(atMost));
        ODataClient.Answered answered = reader.first(List.of(condition), stamp.column(), true);
        if (answered.rows().isEmpty()) {
            return new FrontierProbe<>(null, answered.sentAt());
        }
        String text = answered.rows().get(0).text(0);
        S newest = text == null ? null : stamp.reading().apply(text);
        if (newest == null) {
            throw unusable("the newest row of " + reader.table().name() + " has no readable " + stamp.column());
        }
        return new FrontierProbe<>(newest, answered.sentAt());
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<S> window, @Nullable FrontierCursor<S> after, int size) {
        if (after != null && after.equals(end) && window.equals(endOf)) {
            forgetEnd();
            return List.of();
        }
        var conditions = new ArrayList<String>();
        S from = window.from();
        if (from != null) {
            conditions.add(stamp.column()
                    + (window.fromIncluded() ? " ge " : " gt ")
                    + stamp.writing().apply(from));
        }
        S to = window.to();
        if (to != null) {
            conditions.add(stamp.column() + " le " + stamp.writing().apply(to));
        }
        var order = new ArrayList<String>();
        order.add(stamp.column());
        order.addAll(reader.table().keys());
        if (after != null) {
            var literals = new ArrayList<String>();
            literals.add(stamp.writing().apply(after.stamp()));
            after.key().forEach(part -> literals.add(Filters.text(part)));
            conditions.add(Filters.after(order, literals));
        }
        return readable(conditions, order, size, window);
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        List<String> keys = reader.table().keys();
        List<String> conditions = after == null
                ? List.of()
                : List.of(Filters.after(keys, after.stream().map(Filters::text).toList()));
        return readable(conditions, keys, size, null);
    }

    private List<Row> readable(
            List<String> conditions, List<String> order, int size, @Nullable FrontierWindow<S> window) {
        forgetEnd();
        int skip = 0;
        for (int page = 0; page < MOST_UNREADABLE_PAGES; page++) {
            ODataClient.Answered answered = reader.page(conditions, order, size, skip);
            List<Row> rows = answered.rows();
            List<Row> good = rows.stream()
                    .filter(row -> reader.key(row).isPresent() && (window == null || stampOf(row) != null))
                    .toList();
            if (good.size() < rows.size()) {
                rows.stream().filter(row -> !good.contains(row)).forEach(unreadable::add);
            }
            if (!good.isEmpty() && window != null && isShort(answered, size)) {
                Row last = good.get(good.size() - 1);
                end = new FrontierCursor<>(requireNonNull(stampOf(last), "stamp"), keyOf(last));
                endOf = window;
            }
            if (rows.isEmpty() || !good.isEmpty()) {
                return good;
            }
            skip += rows.size();
        }
        throw unusable(
                MOST_UNREADABLE_PAGES + " pages of " + reader.table().name() + " have no row with a readable " + order);
    }

    private static boolean isShort(ODataClient.Answered answered, int size) {
        int rows = answered.rows().size();
        return !answered.more() && rows < size && rows < SMALLEST_LIMIT;
    }

    private void forgetEnd() {
        end = null;
        endOf = null;
    }

    @Override
    public @Nullable S stampOf(Row row) {
        String text = row.text(reader.layout().slot(stamp.column()));
        return text == null ? null : stamp.reading().apply(text);
    }

    @Override
    public List<String> keyOf(Row row) {
        return requireNonNull(reader.key(row).orElse(null), "key");
    }

    private static UnavailableException unusable(String why) {
        return new UnavailableException(why, Details.NONE);
    }
}
