package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import java.util.ArrayList;
import java.util.List;

/** What must be equal on both sides before an invoice is worth anything; in minor units. */
record Totals(long subtotal, long tax, long total, int lines, String currency) {

    /** Returns the totals that the ERP states. */
    static Totals of(Invoice invoice) {
        try {
            return new Totals(
                    Minor.units(invoice.net()),
                    Minor.units(invoice.tax()),
                    Minor.units(invoice.total()),
                    invoice.lines().size(),
                    invoice.total().currency());
        } catch (IllegalArgumentException e) {
            throw new RejectedException("the total " + e.getMessage());
        }
    }

    static Totals ofLines(List<DraftLine> lines, String currency) {
        long net = lines.stream().mapToLong(DraftLine::amount).sum();
        long tax = lines.stream().mapToLong(DraftLine::tax).sum();
        return new Totals(net, tax, net + tax, lines.size(), currency);
    }

    static Totals of(RemoteInvoice invoice, int lines) {
        return new Totals(invoice.subtotal(), invoice.tax(), invoice.total(), lines, invoice.currency());
    }

    Totals plus(Totals other) {
        return new Totals(
                subtotal + other.subtotal, tax + other.tax, total + other.total, lines + other.lines, currency);
    }

    /**
     * Refuses totals that differ.
     *
     * @throws RejectedException with both numbers of every difference
     */
    void refuse(Totals other, String otherName) {
        String difference = differenceTo(other, otherName);
        if (!difference.isEmpty()) {
            throw new RejectedException("the totals differ: " + difference);
        }
    }

    /** Returns every difference with both numbers; empty if there is none. */
    String differenceTo(Totals other, String otherName) {
        var differences = new ArrayList<String>();
        compare(differences, "subtotal", subtotal, other.subtotal, otherName);
        compare(differences, "tax", tax, other.tax, otherName);
        compare(differences, "total", total, other.total, otherName);
        if (lines != other.lines) {
            differences.add("lines " + lines + " in the ERP, " + other.lines + " " + otherName);
        }
        return String.join("; ", differences);
    }

    private void compare(List<String> differences, String what, long mine, long others, String otherName) {
        if (mine != others) {
            differences.add(what + " " + Minor.text(mine, currency) + " in the ERP, " + Minor.text(others, currency)
                    + " " + otherName);
        }
    }
}
