package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads invoices. M3 tells no time at which an invoice changed, and its lists cannot be paged. So a pass lists what is open and
 * what is new, in two requests, goes through it in the order of the keys, and reads whole those invoices whose row in the list has
 * changed since their page was settled. After a restart, and once a day, it reads all of them.
 */
final class InvoiceSource implements Source<Invoice> {

    private static final String AFTER = "after ";
    private static final String INVOICE = "10";
    private static final List<String> COLUMNS = List.of(
            "DIVI", "PYNO", "CUNO", "CINO", "INYR", "TRCD", "CUAM", "RECO", "REDE", "IVDT", "DUDT", "PYCD", "VONO");

    private final MiClient client;
    private final Programs programs;
    private final CloudSuiteSettings settings;
    private final InvoiceReader reader;
    private final InstantSource clock;
    private final Lineage lineage;

    /** Key to the row in the list, as far as the pages with it are settled. */
    private final Map<String, String> settled = new HashMap<>();

    private final NavigableMap<String, Map<String, String>> delivered = new TreeMap<>();
    private NavigableMap<String, String> listing = new TreeMap<>();
    private boolean listed;
    private LocalDate day = LocalDate.MIN;

    InvoiceSource(
            MiClient client,
            Programs programs,
            CloudSuiteSettings settings,
            InvoiceReader reader,
            InstantSource clock) {
        this.client = client;
        this.programs = programs;
        this.settings = settings;
        this.reader = reader;
        this.clock = clock;
        var rules = new LinkedHashMap<>(reader.lines().lineage().rules());
        rules.putAll(reader.vouchers().lineage().rules());
        rules.putAll(reader.heads().lineage().rules());
        rules.merge("lines", reader.vouchers().lineage().rules().getOrDefault("lines", ""), (one, other) -> one);
        this.lineage = new Lineage(
                reader.heads().lineage().fingerprint() + "+"
                        + reader.lines().lineage().fingerprint() + "+"
                        + reader.vouchers().lineage().fingerprint(),
                rules);
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public Lineage lineage() {
        return lineage;
    }

    @Override
    public Page<Invoice> poll(Position from) {
        boolean within = from.value().startsWith(AFTER);
        String after = within ? from.value().substring(AFTER.length()) : "";
        if (!within || !listed) {
            list();
        }
        var page = new LinkedHashMap<String, String>();
        String last = after;
        for (Map.Entry<String, String> entry : listing.tailMap(after, false).entrySet()) {
            last = entry.getKey();
            if (!entry.getValue().equals(settled.get(entry.getKey()))) {
                page.put(entry.getKey(), entry.getValue());
                if (page.size() == settings.pageSize()) {
                    break;
                }
            }
        }
        boolean end = listing.tailMap(last, false).isEmpty();
        InvoiceReader.Read read = reader.read(page.keySet().stream()
                .flatMap(id -> InvoiceId.parse(id).stream())
                .toList());
        Position next = end ? new Position("end") : new Position(AFTER + last);
        delivered.put(next.value(), page);
        return new Page<>(read.changes(), read.malformed(), next, end, Notes.NONE);
    }

    @Override
    public void settled(Position position) {
        Map<String, String> page = delivered.remove(position.value());
        if (page != null) {
            settled.putAll(page);
        }
    }

    private void list() {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            settled.clear();
        }
        delivered.clear();
        LocalDate since = today.minusDays(settings.invoicesSince().toDays());
        var rows = new TreeMap<String, String>();
        add(rows, Map.of("AAC0", "1"));
        add(rows, Map.of("AAC0", "0", "IVDT", MiValues.text(since)));
        settled.keySet().retainAll(rows.keySet());
        listing = rows;
        listed = true;
    }

    private void add(Map<String, String> rows, Map<String, String> which) {
        MiTransaction list = programs.of(Task.INVOICES_LIST);
        String division = settings.division();
        MiCall call = MiCall.of(list, COLUMNS, "FDIV", division, "TDIV", division)
                .with(which)
                .atMost(settings.listLimit());
        MiResult result = client.read(call);
        MiError error = result.error();
        if (error != null && !error.recordIsMissing()) {
            throw unusable(list + " refuses: " + error);
        }
        if (result.rows().size() >= settings.listLimit()) {
            throw unusable(list + " lists " + result.rows().size() + " invoices and cannot be paged; raise listLimit ("
                    + settings.listLimit() + ") or shorten invoicesSince (" + settings.invoicesSince() + ")");
        }
        for (Row row : result.rows()) {
            String kind = MiValues.text(row, "TRCD");
            if (kind.isEmpty() || kind.equals(INVOICE)) {
                var state = new ArrayList<String>();
                COLUMNS.forEach(column -> state.add(MiValues.text(row, column)));
                rows.put(InvoiceId.of(row, division).text(), String.join("|", state));
            }
        }
    }

    private static UnavailableException unusable(String why) {
        return new UnavailableException(why, Details.NONE);
    }

    @Override
    public Optional<Change<Invoice>> fetch(String id) {
        Optional<InvoiceId> parsed = InvoiceId.parse(id);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        InvoiceReader.Read read = reader.read(List.of(parsed.get()));
        if (!read.malformed().isEmpty()) {
            throw new MappingException(read.malformed().get(0).faults());
        }
        return read.changes().stream().findFirst();
    }
}
