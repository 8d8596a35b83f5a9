package io.mlconnector.ifs;

import io.mlconnector.ifs.ReceiptSettings.InvoiceColumns;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rows of invoices with all that matching and recording need. Safe for threads. */
final class Receivables {

    /** Longer than the second that versions count. */
    private static final Duration NEXT_VERSION = Duration.ofMillis(1100);

    private static final int READS_UNTIL_QUIET = 5;
    private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("(\\p{L}+)(\\d.*)");

    private record Source(SetReader reader, Map<String, String> types) {}

    private final ODataClient client;
    private final MetadataCache metadata;
    private final EntitySet set;
    private final List<String> wanted;
    private final InvoiceColumns columns;
    private final String company;
    private final ConnectorContext context;
    private final Map<SetPath, Source> sources = new ConcurrentHashMap<>();

    /**
     * @param wanted the columns to read besides those that match, where the set has them
     */
    Receivables(
            ODataClient client,
            MetadataCache metadata,
            EntitySet set,
            List<String> wanted,
            InvoiceColumns columns,
            String company,
            ConnectorContext context) {
        this.client = client;
        this.metadata = metadata;
        this.set = set;
        this.wanted = wanted;
        this.columns = columns;
        this.company = company;
        this.context = context;
    }

    EntitySet set() {
        return set;
    }

    /** The row of a record, as it is now. */
    Optional<Receivable> read(String id) {
        List<String> values = RecordIds.split(id, set.keys().size());
        if (values.size() != set.keys().size() || values.stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        for (SetPath path : set.paths()) {
            Source source = source(path);
            Optional<String> key = KeyReader.encoded(source.reader(), values);
            Optional<Receivable> found = key.flatMap(encoded -> client.answeredRow(
                            path, encoded, source.reader().shape().layout())
                    .map(answered -> new Receivable(
                            source.reader(),
                            id,
                            encoded,
                            answered.row(),
                            answered.version(),
                            answered.sentAt(),
                            source.types(),
                            columns)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * The same row with a version that shows every change from now on: one that has been there for longer than the second
     * that versions count.
     */
    Optional<Receivable> settled(Receivable first) {
        Receivable known = first;
        for (int reads = 0; !known.versionShowsEveryChange(); reads++) {
            if (reads == READS_UNTIL_QUIET) {
                throw EndedException.with(
                        new WriteOutcome.Conflicted("the invoice " + first + " changes every second"));
            }
            pause(NEXT_VERSION);
            Optional<Receivable> again = read(first.id());
            if (again.isEmpty()) {
                return again;
            }
            String before = known.version();
            known = again.get();
            if (before == null || before.equals(known.version())) {
                break;
            }
        }
        return Optional.of(known);
    }

    /** The ids of invoices with a printed number, three at most. */
    List<String> withNumber(String number) {
        return matching(source -> condition(number, source));
    }

    /** The ids of the invoices of somebody with exactly this number, three at most. */
    List<String> withNumber(String number, String partyColumn, String party) {
        return matching(source -> {
            String ofNumber = equal(source, columns.number(), number);
            String ofParty = equal(source, partyColumn, party);
            return ofNumber.isEmpty() || ofParty.isEmpty() ? "" : Filters.all(List.of(ofNumber, ofParty));
        });
    }

    private List<String> matching(Function<Source, String> conditions) {
        var ids = new LinkedHashSet<String>();
        for (SetPath path : set.paths()) {
            Source source = source(path);
            String condition = conditions.apply(source);
            List<Row> rows =
                    condition.isEmpty() ? List.of() : source.reader().rows(List.of(condition), set.keyNames(), 3, 0);
            for (Row row : rows) {
                source.reader().shape().key(row).map(RecordIds::join).ifPresent(ids::add);
            }
        }
        return List.copyOf(ids);
    }

    /** The number alone, or after a series: as {@code CD 100123} or as {@code CD100123}; empty if no row can have it. */
    private String condition(String number, Source source) {
        var either = new ArrayList<String>();
        either.add(equal(source, columns.number(), number));
        int blank = number.indexOf(' ');
        Matcher joined = LETTERS_AND_DIGITS.matcher(number);
        if (blank > 0) {
            either.add(split(source, number.substring(0, blank), number.substring(blank + 1)));
        } else if (joined.matches()) {
            either.add(split(source, joined.group(1), joined.group(2)));
        }
        either.removeIf(String::isEmpty);
        return either.isEmpty() ? "" : Filters.any(either);
    }

    private String split(Source source, String series, String number) {
        String ofSeries = equal(source, columns.series(), series);
        String ofNumber = equal(source, columns.number(), number.strip());
        return ofSeries.isEmpty() || ofNumber.isEmpty() ? "" : "(" + ofSeries + " and " + ofNumber + ")";
    }

    private static String equal(Source source, String column, String value) {
        try {
            String type = source.types().getOrDefault(column, EdmLiteral.STRING);
            return column + " eq " + EdmLiteral.of(value, type);
        } catch (IllegalArgumentException e) {
            return ""; // no value of the column's type, so no row has it
        }
    }

    private Source source(SetPath path) {
        Source known = sources.get(path);
        if (known == null) {
            Map<String, String> types = metadata.of(path).columns(path.set()).orElse(Map.of());
            var read = new LinkedHashSet<>(set.keyNames());
            read.add(RowShape.ETAG);
            read.addAll(columns.all());
            wanted.stream().filter(types::containsKey).forEach(read::add);
            if ("Edm.DateTimeOffset".equals(types.get(set.modifiedField()))) {
                read.add(set.modifiedField());
            }
            var shape = RowShape.of(set, RowLayout.of(read));
            known = new Source(new SetReader(client, metadata, set, path, shape, company), types);
            sources.put(path, known);
        }
        return known;
    }

    void pause(Duration duration) {
        try {
            context.sleeper().sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(context.connection() + ": interrupted", Details.NONE, e);
        }
    }
}
