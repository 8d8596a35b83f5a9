package io.mlconnector.cloudsuite;

import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The customers as the frontier polls them. LstByNumber takes a time, in milliseconds of the server's clock, and lists what was
 * changed since; its rows do not tell their own time. So the newest stamp is the server's present time, and every row of a window
 * stands at its end: rows are then paged by their number alone. What is changed later is listed too, and comes again.
 */
final class CustomerRows implements FrontierSet<CustomerRows.Stamped, Instant> {

    /**
     * A row, and the stamp it is given.
     *
     * @param row the row
     * @param at the end of its window; null while all customers are read
     */
    record Stamped(Row row, @Nullable Instant at) {}

    private static final String SINCE = "LMTS";
    private static final int LONGEST_KEY = 10;

    private final MiClient client;
    private final Programs programs;
    private final List<String> columns;

    CustomerRows(MiClient client, Programs programs, List<String> columns) {
        this.client = client;
        this.programs = programs;
        this.columns = columns;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        Instant now = serverTime();
        return new FrontierProbe<>(atMost == null || now.isBefore(atMost) ? now : atMost, now);
    }

    Instant serverTime() {
        MiTransaction time = programs.of(Task.SERVER_TIME);
        MiResult result = client.read(MiCall.of(time, List.of(SINCE)));
        String stamp = result.first().map(row -> MiValues.text(row, SINCE)).orElse("");
        if (!stamp.matches("\\d{1,15}")) {
            throw new UnavailableException(
                    time + " does not tell the time in " + SINCE + ": '" + stamp + "'"
                            + (result.error() == null ? "" : ", " + result.error()),
                    Details.NONE);
        }
        return Instant.ofEpochMilli(Long.parseLong(stamp));
    }

    @Override
    public List<Stamped> pageByStamp(
            FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        Instant from = window.from();
        Map<String, String> since = from == null ? Map.of() : Map.of(SINCE, Long.toString(from.toEpochMilli()));
        return page(since, after == null ? null : after.key().get(0), size).stream()
                .map(row -> new Stamped(row, window.to()))
                .toList();
    }

    @Override
    public List<Stamped> pageByKey(@Nullable List<String> after, int size) {
        return page(Map.of(), after == null ? null : after.get(0), size).stream()
                .map(row -> new Stamped(row, null))
                .toList();
    }

    /** A list begins with the start key itself; in which order keys follow it is the database's affair. */
    private List<Row> page(Map<String, String> since, @Nullable String after, int size) {
        MiCall call = MiCall.of(programs.of(Task.CUSTOMERS_LIST), columns)
                .with(since)
                .with(after == null ? Map.of() : Map.of(CustomerMapping.KEY, after))
                .atMost(after == null ? size : size + 1);
        List<Row> rows = rows(client.read(call), call);
        boolean again = !rows.isEmpty() && key(rows.get(0)).equals(after);
        return again ? rows.subList(1, rows.size()) : rows;
    }

    private static List<Row> rows(MiResult result, MiCall call) {
        MiError error = result.error();
        if (error != null && !error.recordIsMissing()) {
            throw new UnavailableException(call.transaction() + " refuses: " + error, Details.NONE);
        }
        return result.rows();
    }

    /** The row of one customer; a list that begins there shows the same columns as any other list. */
    List<Row> one(String number) {
        if (number.isBlank() || number.length() > LONGEST_KEY) {
            return List.of();
        }
        MiCall call = MiCall.of(programs.of(Task.CUSTOMERS_LIST), columns, CustomerMapping.KEY, number)
                .atMost(1);
        return rows(client.read(call), call).stream()
                .filter(row -> key(row).equals(number))
                .toList();
    }

    /** How many customers are said to have changed in the future: none, unless the tenant takes no notice of the time. */
    int changedAfter(Instant future) {
        MiCall call = MiCall.of(
                        programs.of(Task.CUSTOMERS_LIST),
                        List.of(CustomerMapping.KEY),
                        SINCE,
                        Long.toString(future.toEpochMilli()))
                .atMost(1);
        return rows(client.read(call), call).size();
    }

    @Override
    public @Nullable Instant stampOf(Stamped row) {
        return row.at();
    }

    @Override
    public List<String> keyOf(Stamped row) {
        return List.of(key(row.row()));
    }

    private static String key(Row row) {
        return MiValues.text(row, CustomerMapping.KEY);
    }
}
