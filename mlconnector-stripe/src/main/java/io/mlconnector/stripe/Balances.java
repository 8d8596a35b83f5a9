package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each line of the ERP is worth in Stripe now, over the invoice, its second invoices and the credit notes. */
final class Balances {

    private static final Set<String> CREDITABLE = Set.of("open", "paid");

    /** By the ERP's line id, oldest document first. */
    private final Map<String, List<Part>> parts = new LinkedHashMap<>();

    void add(RemoteInvoice document, List<RemoteLine> lines, List<RemoteCreditNote> notes) {
        var net = new HashMap<String, Long>();
        var tax = new HashMap<String, Long>();
        for (RemoteCreditNote note : notes) {
            for (RemoteCreditNote.Line line : note.lines()) {
                if (line.invoiceLine() != null) {
                    net.merge(line.invoiceLine(), line.amount(), Long::sum);
                    tax.merge(line.invoiceLine(), line.tax(), Long::sum);
                }
            }
        }
        for (RemoteLine line : lines) {
            parts.computeIfAbsent(line.erpLine(), id -> new ArrayList<>())
                    .add(new Part(
                            document,
                            line,
                            line.amount() - net.getOrDefault(line.id(), 0L),
                            line.tax() - tax.getOrDefault(line.id(), 0L)));
        }
    }

    /** Returns by how much lines became lower or went away, as positive amounts. */
    List<Difference> lower(Invoice wanted) {
        return differences(wanted).stream()
                .filter(it -> it.net() < 0 || (it.net() == 0 && it.tax() < 0))
                .map(it -> new Difference(it.erpLine(), it.maybeItem(), -it.net(), -it.tax()))
                .toList();
    }

    /** Returns by how much lines became higher or are new. */
    List<Difference> higher(Invoice wanted) {
        return differences(wanted).stream()
                .filter(it -> it.net() > 0 || (it.net() == 0 && it.tax() > 0))
                .toList();
    }

    /** Shares lower amounts out among the documents that still have them. */
    Map<RemoteInvoice, List<Credit>> credits(List<Difference> lower) {
        var credits = new LinkedHashMap<RemoteInvoice, List<Credit>>();
        for (Difference difference : lower) {
            long net = difference.net();
            long tax = difference.tax();
            for (Part part : parts.getOrDefault(difference.erpLine(), List.of())) {
                if (!CREDITABLE.contains(part.document().status()) || part.net() <= 0 || net <= 0) {
                    continue;
                }
                long takenNet = Math.min(net, part.net());
                long takenTax = Math.max(0, Math.min(tax, part.tax()));
                credits.computeIfAbsent(part.document(), document -> new ArrayList<>())
                        .add(new Credit(part.line(), takenNet, takenTax));
                net -= takenNet;
                tax -= takenTax;
            }
            if (net != 0 || tax != 0) {
                throw new RejectedException(
                        "line " + difference.erpLine() + " became lower by more than a credit note in"
                                + " Stripe can take: " + net + " net and " + tax + " tax remain, in minor units");
            }
        }
        return credits;
    }

    static long net(LineItem item) {
        return Minor.units(item.net());
    }

    static long tax(LineItem item) {
        LineTax tax = item.tax();
        return tax == null ? 0 : Minor.units(tax.amount());
    }

    private List<Difference> differences(Invoice wanted) {
        var differences = new ArrayList<Difference>();
        var seen = new HashSet<String>();
        for (LineItem item : wanted.lines()) {
            seen.add(item.id());
            List<Part> there = parts.getOrDefault(item.id(), List.of());
            addIfAny(differences, new Difference(item.id(), item, net(item) - netOf(there), tax(item) - taxOf(there)));
        }
        parts.forEach((id, there) -> {
            if (!seen.contains(id)) {
                addIfAny(differences, new Difference(id, null, -netOf(there), -taxOf(there)));
            }
        });
        return differences;
    }

    private static void addIfAny(List<Difference> differences, Difference difference) {
        if (difference.net() != 0 || difference.tax() != 0) {
            differences.add(difference);
        }
    }

    private static long netOf(List<Part> parts) {
        return parts.stream().mapToLong(Part::net).sum();
    }

    private static long taxOf(List<Part> parts) {
        return parts.stream().mapToLong(Part::tax).sum();
    }

    /** What is left of a line of a document. */
    private record Part(RemoteInvoice document, RemoteLine line, long net, long tax) {}

    /** By how much a line differs; the item is null if the ERP has no such line any more. */
    record Difference(String erpLine, @Nullable LineItem maybeItem, long net, long tax) {

        LineItem item() {
            if (maybeItem == null) {
                throw new RejectedException(
                        "line " + erpLine + " is gone in the ERP and negative in Stripe: adjust it by hand");
            }
            return maybeItem;
        }

        @Override
        public String toString() {
            return "line " + erpLine + " by " + net + " net and " + tax + " tax in minor units";
        }
    }

    /** A part of a line to credit. */
    record Credit(RemoteLine line, long net, long tax) {

        Map<String, Object> parameters() {
            var parameters = new LinkedHashMap<String, Object>();
            parameters.put("type", "invoice_line_item");
            parameters.put("invoice_line_item", line.id());
            parameters.put("amount", net);
            if (line.taxRate() != null) {
                var entry = new LinkedHashMap<String, Object>();
                entry.put("amount", tax);
                entry.put("tax_rate", line.taxRate());
                entry.put("taxable_amount", net);
                parameters.put("tax_amounts", List.of(entry));
            }
            return parameters;
        }
    }
}
