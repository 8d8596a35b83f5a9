package io.mlconnector.bill;

import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list by the time of the last change. BILL's page tokens count rows, and a row that changes while it is paged makes the next one slip
 * through; so pages are asked for by time, and tokens serve only where more rows than a page holds have the very same time. Those are
 * read until two readings agree.
 */
final class UpdatedSet implements FrontierSet<Row, Instant> {

    static final String UPDATED = "updatedTime";

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int MOST_READINGS = 5;
    private static final Comparator<Row> BY_TIME_AND_ID =
            Comparator.comparing(UpdatedSet::time).thenComparing(UpdatedSet::id);

    private final BillApi api;
    private final String resource;
    private final UnaryOperator<ListQuery> narrowed;
    private final RowLayout layout;
    private final List<Row> unreadable = new ArrayList<>();
    private @Nullable Instant serverTime;

    UpdatedSet(BillApi api, String resource, UnaryOperator<ListQuery> narrowed, RowLayout layout) {
        this.api = api;
        this.resource = resource;
        this.narrowed = narrowed;
        this.layout = layout;
    }

    List<Row> takeUnreadable() {
        List<Row> taken = List.copyOf(unreadable);
        unreadable.clear();
        return taken;
    }

    @Nullable Instant serverTime() {
        return serverTime;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        ListQuery query = list().sorted(UPDATED, "desc").most(1);
        BillApi.Listing page = read((atMost == null ? query : query.before(UPDATED, above(atMost))).first());
        return new FrontierProbe<>(
                page.rows().isEmpty() ? null : stampOf(page.rows().get(0)), page.serverTime());
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        Instant from = after != null ? after.stamp() : lowest(window);
        while (true) {
            ListQuery query = between(from, window.to());
            BillApi.Listing page = read(query.first());
            List<Row> rows = readable(page.rows());
            while (rows.isEmpty() && page.next().isPresent()) {
                page = read(query.page(page.next().get()));
                rows = readable(page.rows());
            }
            if (page.next().isEmpty()) {
                return behind(rows, after);
            }
            // the last time of a page may have more rows behind it
            Instant last = time(rows.get(rows.size() - 1));
            List<Row> complete =
                    behind(rows.stream().filter(row -> time(row).isBefore(last)).toList(), after);
            if (!complete.isEmpty()) {
                return complete;
            }
            List<Row> tied = behind(tied(last), after);
            if (!tied.isEmpty()) {
                return tied;
            }
            from = above(last);
        }
    }

    private ListQuery between(@Nullable Instant from, @Nullable Instant to) {
        ListQuery query = list().sorted(UPDATED, "asc");
        query = from == null ? query : query.from(UPDATED, from);
        return to == null ? query : query.before(UPDATED, above(to));
    }

    private static List<Row> behind(List<Row> rows, @Nullable FrontierCursor<Instant> after) {
        return rows.stream()
                .filter(row -> isBehind(row, after))
                .sorted(BY_TIME_AND_ID)
                .toList();
    }

    private static boolean isBehind(Row row, @Nullable FrontierCursor<Instant> after) {
        if (after == null) {
            return true;
        }
        int order = time(row).compareTo(after.stamp());
        return order > 0 || (order == 0 && id(row).compareTo(after.key().get(0)) > 0);
    }

    /** All rows of one time. More than a page of them are read until two readings agree. */
    private List<Row> tied(Instant time) {
        ListQuery query = list().sorted(UPDATED, "asc").from(UPDATED, time).before(UPDATED, above(time));
        Set<String> before = Set.of();
        for (int reading = 1; reading <= MOST_READINGS; reading++) {
            BillApi.Listing page = read(query.first());
            List<Row> rows = new ArrayList<>(readable(page.rows()));
            if (page.next().isEmpty()) {
                return rows;
            }
            while (page.next().isPresent()) {
                page = read(query.page(page.next().get()));
                rows.addAll(readable(page.rows()));
            }
            var byId = new TreeMap<String, Row>();
            rows.forEach(row -> byId.put(id(row), row));
            if (byId.keySet().equals(before)) {
                return List.copyOf(byId.values());
            }
            before = byId.keySet();
        }
        throw new UnavailableException(
                api.connection() + ": the " + resource + " of " + time + " do not stand still while they are paged",
                Details.of(api.connection(), "list " + resource));
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        throw new UnsupportedOperationException("BILL's lists have no order by id");
    }

    @Override
    public @Nullable Instant stampOf(Row row) {
        String text = row.text(UPDATED);
        try {
            // filters know milliseconds
            return text == null ? null : Conversions.instantOf(text).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public List<String> keyOf(Row row) {
        return List.of(id(row));
    }

    private ListQuery list() {
        return narrowed.apply(ListQuery.all());
    }

    private BillApi.Listing read(String query) {
        BillApi.Listing page = api.page(resource, query, layout);
        serverTime = page.serverTime();
        return page;
    }

    private List<Row> readable(List<Row> rows) {
        var readable = new ArrayList<Row>(rows.size());
        for (Row row : rows) {
            String id = row.text("id");
            boolean usable = row.fault() == null && id != null && !id.isBlank() && stampOf(row) != null;
            (usable ? readable : unreadable).add(row);
        }
        return readable;
    }

    private static @Nullable Instant lowest(FrontierWindow<Instant> window) {
        Instant from = window.from();
        return from == null || window.fromIncluded() ? from : above(from);
    }

    private static Instant above(Instant time) {
        return time.plus(MILLISECOND);
    }

    static String id(Row row) {
        return String.valueOf(row.text("id"));
    }

    private static Instant time(Row row) {
        return Conversions.instantOf(String.valueOf(row.text(UPDATED))).truncatedTo(ChronoUnit.MILLIS);
    }
}
