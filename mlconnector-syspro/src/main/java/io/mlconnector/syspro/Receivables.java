package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is open on invoices, for many of them in few requests. Safe for threads. */
final class Receivables {

    private static final String BALANCE = "InvoiceBal1";
    private static final String CURRENCY = "PostCurrency";
    private static final int AT_ONCE = 500;

    /** SYSPRO pads numeric keys to this width. */
    private static final int WIDTH = 15;

    private final TableReader reader;
    private final SysproSettings settings;

    Receivables(ODataClient client, Table invoices, SysproSettings settings) {
        var columns = new ArrayList<>(invoices.keys());
        columns.add(BALANCE);
        columns.add(CURRENCY);
        this.reader = new TableReader(client, invoices, RowLayout.of(columns), InvoiceMapping.COLLECTABLE);
        this.settings = settings;
    }

    /**
     * An invoice as it stands.
     *
     * @param customer the customer's key as stored
     * @param number the invoice's key as stored
     * @param balance what is open
     * @param currency its ISO 4217 code
     */
    record Receivable(String customer, String number, BigDecimal balance, String currency) {

        String id() {
            return RecordIds.join(List.of(customer, number, InvoiceMapping.DOCUMENT_TYPE));
        }

        Receivable less(BigDecimal amount) {
            return new Receivable(customer, number, balance.subtract(amount), currency);
        }
    }

    /** Those of the invoices that are there, by their ids. */
    Map<String, Receivable> read(Collection<String> ids) {
        var found = new LinkedHashMap<String, Receivable>();
        Set<String> numbers = new LinkedHashSet<>();
        ids.forEach(id -> {
            List<String> key = RecordIds.split(id);
            if (key.size() == 3 && key.get(2).equals(InvoiceMapping.DOCUMENT_TYPE)) {
                numbers.add(key.get(1));
            }
        });
        var some = new ArrayList<String>();
        for (String number : numbers) {
            some.add(number);
            if (some.size() > 1 && (some.size() > AT_ONCE || !reader.fits(List.of(among(some))))) {
                some.remove(some.size() - 1);
                read(some).forEach(receivable -> found.put(receivable.id(), receivable));
                some.clear();
                some.add(number);
            }
        }
        if (!some.isEmpty()) {
            read(some).forEach(receivable -> found.put(receivable.id(), receivable));
        }
        return found;
    }

    /** The ids of invoices with a printed number. */
    List<String> withNumber(String number) {
        Set<String> forms = new LinkedHashSet<>(List.of(number));
        if (number.matches("\\d{1," + WIDTH + "}")) {
            forms.add("0".repeat(WIDTH - number.length()) + number);
        }
        return read(new ArrayList<>(forms)).stream().map(Receivable::id).toList();
    }

    private static String among(List<String> numbers) {
        return Filters.any(numbers.stream()
                .map(number -> "Invoice eq " + Filters.text(number))
                .toList());
    }

    private List<Receivable> read(List<String> numbers) {
        var found = new ArrayList<Receivable>();
        int skip = 0;
        while (true) {
            ODataClient.Answered answered =
                    reader.page(List.of(among(numbers)), reader.table().keys(), 1000, skip);
            answered.rows().forEach(row -> receivable(row).ifPresent(found::add));
            skip += answered.rows().size();
            if (answered.rows().isEmpty()
                    || (!answered.more() && answered.rows().size() < 100)) {
                return found;
            }
        }
    }

    private Optional<Receivable> receivable(Row row) {
        String balance = row.text(BALANCE);
        return reader.key(row)
                .filter(key -> balance != null)
                .map(key -> new Receivable(
                        key.get(0),
                        key.get(1),
                        new BigDecimal(balance == null ? "0" : balance),
                        currency(row.text(CURRENCY))));
    }

    private String currency(@Nullable String code) {
        try {
            return settings.currency(code == null ? "" : code);
        } catch (IllegalArgumentException e) {
            return "unknown code '" + code + "'";
        }
    }
}
