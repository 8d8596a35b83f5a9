package io.mlconnector.reconcile;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Money;
import io.mlconnector.spi.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The invoices of one flow, reconciled with the money that the payment system reports.
 *
 * @param at when it was made, by the clock of this machine
 * @param source where the invoices come from
 * @param target where they are paid
 * @param invoices every invoice, in the order of the source
 * @param unmatched money that fits none of them
 * @param drift where source, links and target no longer agree
 */
public record Reconciliation(
        Instant at,
        Endpoint source,
        Endpoint target,
        List<InvoiceStanding> invoices,
        List<Unmatched> unmatched,
        List<Drift> drift) {

    /** Copies the lists and refuses nulls. */
    public Reconciliation {
        requireNonNull(at, "at");
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        invoices = List.copyOf(invoices);
        unmatched = List.copyOf(unmatched);
        drift = List.copyOf(drift);
    }

    /**
     * Returns how many invoices stand where.
     *
     * @return the number for every standing, zeros included
     */
    public Map<Standing, Long> counts() {
        var counts = new EnumMap<Standing, Long>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, 0L);
        }
        invoices.forEach(invoice -> counts.merge(invoice.standing(), 1L, Long::sum));
        return counts;
    }

    /**
     * Returns what is still owed, by currency.
     *
     * @return ISO 4217 code to amount, in alphabetical order
     */
    public SortedMap<String, Money> outstanding() {
        var sums = new TreeMap<String, Money>();
        for (InvoiceStanding invoice : invoices) {
            Money amount = invoice.outstanding();
            sums.merge(amount.currency(), amount, Money::plus);
        }
        return sums;
    }

    /**
     * Returns the whole as JSON. Amounts are texts, as they are. The {@code changes} of an entry of the audit is an index into the
     * list {@code changes} at the end, where each set of fields and their rules stands once.
     *
     * @return the JSON
     */
    public String toJson() {
        return ReconciliationJson.text(this);
    }

    /**
     * Returns a line per invoice and per unmatched entry as CSV by RFC 4180, with a header. Texts that a spreadsheet would take
     * for a formula are quoted with an apostrophe.
     *
     * @return the CSV
     */
    public String toCsv() {
        return ReconciliationCsv.write(this);
    }

    /**
     * Returns one page that works from disk and loads nothing: search, filter, totals by currency, and the history of each
     * invoice.
     *
     * @return the HTML
     */
    public String toHtml() {
        return ReconciliationPage.write(this);
    }

    /**
     * Writes the page of {@link #toHtml} to a file.
     *
     * @param file the file; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void writeHtml(Path file) throws IOException {
        Files.writeString(file, toHtml(), StandardCharsets.UTF_8);
    }
}
