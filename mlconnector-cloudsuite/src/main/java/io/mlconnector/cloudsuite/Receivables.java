package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands in the ledger: invoices, and what was posted under our references. Safe for threads. */
final class Receivables {

    private static final int MOST_HITS = 10;

    private final MiClient client;
    private final Programs programs;
    private final CloudSuiteSettings settings;
    private final Map<String, String> columns;

    Receivables(MiClient client, Programs programs, CloudSuiteSettings settings, Map<String, String> columns) {
        this.client = client;
        this.programs = programs;
        this.settings = settings;
        this.columns = columns;
    }

    /** The invoices as they are now; those that are not there are left out. */
    Map<InvoiceId, Receivable> read(Collection<InvoiceId> ids) {
        MiTransaction get = programs.of(Task.INVOICES_GET);
        List<InvoiceId> asked =
                ids.stream().filter(id -> !id.onAccount()).distinct().toList();
        var found = new LinkedHashMap<InvoiceId, Receivable>();
        List<MiResult> results = read(
                get,
                asked.stream()
                        .map(id -> InvoiceReader.get(get, id, Receivable.COLUMNS))
                        .toList());
        for (int at = 0; at < asked.size(); at++) {
            Optional<Row> row = results.get(at).first();
            if (row.isPresent()) {
                found.put(asked.get(at), Receivable.of(row.get()));
            }
        }
        return found;
    }

    /** The invoices of a number, of whatever year and payer. */
    List<InvoiceId> withNumber(String number) {
        if (!number.matches("[A-Za-z0-9_./-]{1,15}")) {
            return List.of(); // no number of M3, and it may not enter a query
        }
        MiTransaction search = programs.of(Task.INVOICES_SEARCH);
        MiCall call =
                MiCall.of(search, InvoiceId.COLUMNS, "SQRY", "CINO:" + number).atMost(MOST_HITS);
        return accepted(client.read(call), search).rows().stream()
                .map(row -> InvoiceId.of(row, settings.division()))
                .filter(id -> id.number().equals(number))
                .filter(id -> settings.division().isEmpty() || id.division().equals(settings.division()))
                .distinct()
                .toList();
    }

    /** What stands under each reference. */
    Map<String, Posted> posted(Collection<String> references) {
        MiTransaction find = programs.of(Task.PAYMENTS_FIND);
        Set<String> asked = new LinkedHashSet<>(references);
        List<String> names = Posted.COLUMNS.stream()
                .map(column -> Posted.name(columns, column))
                .toList();
        List<MiCall> calls = asked.stream()
                .map(reference -> MiCall.of(find, names, Posted.name(columns, "IRNO"), reference))
                .toList();
        var posted = new LinkedHashMap<String, Posted>();
        List<MiResult> results = read(find, calls);
        int at = 0;
        for (String reference : asked) {
            posted.put(reference, Posted.of(results.get(at).rows(), reference, columns));
            at++;
        }
        return posted;
    }

    private List<MiResult> read(MiTransaction transaction, List<MiCall> calls) {
        var results = new ArrayList<MiResult>();
        if (!calls.isEmpty()) {
            client.read(calls).forEach(result -> results.add(accepted(result, transaction)));
        }
        return results;
    }

    private static MiResult accepted(MiResult result, MiTransaction transaction) {
        MiError error = result.error();
        if (error != null && !error.recordIsMissing()) {
            throw new UnavailableException(transaction + " refuses: " + error, Details.NONE);
        }
        return result;
    }
}
