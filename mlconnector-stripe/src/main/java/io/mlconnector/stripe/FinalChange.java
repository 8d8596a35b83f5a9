package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Write;
import io.mlconnector.stripe.StripeSettings.Higher;
import io.mlconnector.stripe.StripeSettings.Lower;
import io.mlconnector.stripe.StripeSettings.PaidInErp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes an invoice that is final. Its lines stand, so a difference becomes a credit note or a second invoice. What is already
 * credited or invoiced a second time is read first and counted in, so a repetition finds nothing left to do.
 */
final class FinalChange {

    private final StripeApi api;
    private final StripeSettings settings;
    private final InvoiceMapping mapping;
    private final LineMapping lineMapping;
    private final InvoiceFinder finder;
    private final Drafts drafts;
    private final Issuing issuing;

    FinalChange(
            StripeApi api,
            StripeSettings settings,
            InvoiceMapping mapping,
            LineMapping lineMapping,
            InvoiceFinder finder,
            Drafts drafts,
            Issuing issuing) {
        this.api = api;
        this.settings = settings;
        this.mapping = mapping;
        this.lineMapping = lineMapping;
        this.finder = finder;
        this.drafts = drafts;
        this.issuing = issuing;
    }

    RemoteInvoice write(Write.Update<Invoice> update, RemoteInvoice original, Attempt attempt) {
        Invoice invoice = update.record();
        Totals wanted = Totals.of(invoice);
        wanted.refuse(Totals.ofLines(lineTotals(invoice), wanted.currency()), "as the sum of its lines");
        if (update.changedFields().stream().anyMatch(field -> field.equals("lines") || field.equals("total"))) {
            List<RemoteInvoice> seconds = finder.seconds(update.key(), original);
            Balances balances = balances(update, original, seconds);
            List<RemoteInvoice> unseen =
                    seconds.stream().filter(RemoteInvoice::draft).toList();
            boolean redraft = !unseen.isEmpty() && !balances.lower(invoice).isEmpty();
            if (redraft) {
                // Nobody has seen a draft yet, so it is made anew instead of being credited.
                seconds = seconds.stream().filter(second -> !second.draft()).toList();
                balances = balances(update, original, seconds);
            }
            List<Balances.Difference> lower = balances.lower(invoice);
            List<Balances.Difference> higher = balances.higher(invoice);
            check(lower, higher);
            if (redraft) {
                unseen.forEach(draft -> api.deleteDraft(draft.id(), attempt));
            }
            credit(balances, lower, update, attempt);
            addSecond(seconds, higher, update, original, attempt);
        }
        return concludeHead(update, original, attempt);
    }

    private void check(List<Balances.Difference> lower, List<Balances.Difference> higher) {
        if (!lower.isEmpty() && settings.afterFinalize().lower() == Lower.REJECT) {
            throw new RejectedException("amounts became lower after the invoice was finalized, and afterFinalize.lower"
                    + " is reject: " + lower);
        }
        if (!higher.isEmpty() && settings.afterFinalize().higher() == Higher.REJECT) {
            throw new RejectedException(
                    "amounts became higher after the invoice was finalized, and afterFinalize.higher" + " is reject: "
                            + higher);
        }
    }

    private Balances balances(Write.Update<Invoice> update, RemoteInvoice original, List<RemoteInvoice> seconds) {
        var documents = new ArrayList<RemoteInvoice>();
        documents.add(original);
        documents.addAll(seconds);
        var balances = new Balances();
        String key = Texts.key(update.key());
        for (RemoteInvoice document : documents) {
            List<RemoteCreditNote> notes = document.credited() == 0
                    ? List.of()
                    : api.creditNotes(document.id()).stream()
                            .filter(note -> note.issued()
                                    && key.equals(note.metadata()
                                            .get(settings.metadata().key())))
                            .toList();
            balances.add(document, api.lines(document), notes);
        }
        return balances;
    }

    private void credit(
            Balances balances, List<Balances.Difference> lower, Write.Update<Invoice> update, Attempt attempt) {
        balances.credits(lower).forEach((document, lines) -> {
            long total =
                    lines.stream().mapToLong(line -> line.net() + line.tax()).sum();
            long afterPayment = Math.max(0, total - document.amountRemaining());
            var parameters = new LinkedHashMap<String, Object>();
            parameters.put("invoice", document.id());
            parameters.put("email_type", "none");
            parameters.put(
                    "lines", lines.stream().map(Balances.Credit::parameters).toList());
            var metadata = new LinkedHashMap<String, Object>();
            metadata.put(settings.metadata().key(), Texts.key(update.key()));
            metadata.put("mlc_change", attempt.key().value());
            parameters.put("metadata", metadata);
            if (afterPayment > 0) {
                parameters.put(
                        switch (settings.afterFinalize().paidCredit()) {
                            case OUT_OF_BAND -> "out_of_band_amount";
                            case CUSTOMER_BALANCE -> "credit_amount";
                            case REFUND -> "refund_amount";
                        },
                        afterPayment);
            }
            api.createCreditNote(parameters, attempt.step("credit-note", document.credited(), parameters.toString()));
        });
    }

    private void addSecond(
            List<RemoteInvoice> seconds,
            List<Balances.Difference> higher,
            Write.Update<Invoice> update,
            RemoteInvoice original,
            Attempt attempt) {
        Invoice invoice = update.record();
        List<RemoteInvoice> begun =
                seconds.stream().filter(RemoteInvoice::draft).toList();
        if (higher.isEmpty() && begun.isEmpty()) {
            return;
        }
        RemoteInvoice draft = begun.isEmpty() ? second(update, original, seconds.size(), attempt) : begun.get(0);
        if (!higher.isEmpty()) {
            List<DraftLine> lines = higher.stream()
                    .map(it -> lineMapping.difference(it.item(), it.net(), it.tax()))
                    .toList();
            Totals before = drafts.totals(draft);
            Totals added = Totals.ofLines(lines, before.currency());
            draft = drafts.add(draft, lines, attempt, before.lines());
            String difference = added.plus(before).differenceTo(drafts.totals(draft), "in Stripe");
            if (!difference.isEmpty()) {
                throw new RejectedException(
                        "the totals of the second invoice " + draft.id() + " differ: " + difference);
            }
        }
        issuing.issue(draft, invoice, attempt);
    }

    private RemoteInvoice second(Write.Update<Invoice> update, RemoteInvoice original, int earlier, Attempt attempt) {
        Invoice invoice = update.record();
        Map<String, Object> head =
                new LinkedHashMap<>(mapping.render(invoice, original.customer(), update.intendedAt()));
        head.remove("number");
        head.remove("effective_at");
        head.remove("metadata[" + settings.metadata().key() + "]");
        head.put("description", "Additional amount for invoice " + invoice.number());
        head.put("metadata[" + InvoiceFinder.SECOND_OF + "]", Texts.key(update.key()));
        return api.createInvoice(head, attempt.step("second", original.id(), earlier, head));
    }

    /** Of a final invoice only the metadata changes; the marker tells that the whole update is there. */
    private RemoteInvoice concludeHead(Write.Update<Invoice> update, RemoteInvoice original, Attempt attempt) {
        boolean paidElsewhere = update.record().status() == Invoice.Status.PAID && original.unpaid();
        if (paidElsewhere && settings.afterFinalize().paidInErp() == PaidInErp.MARK_PAID) {
            api.invoiceAction(
                    original.id(), "pay", Map.of("paid_out_of_band", true), attempt.step("pay", original.id()));
        }
        Map<String, Object> head =
                new LinkedHashMap<>(mapping.renderFinalChanges(update.record(), update.changedFields()));
        head.put(
                "metadata[" + Marker.NAME + "]",
                Marker.of(original.metadata()).next(attempt.key()).value());
        return api.updateInvoice(original.id(), head, attempt.step("invoice", original.id(), head));
    }

    private List<DraftLine> lineTotals(Invoice invoice) {
        return invoice.lines().stream().map(FinalChange::amounts).toList();
    }

    private static DraftLine amounts(LineItem item) {
        try {
            return new DraftLine(item.id(), Balances.net(item), Balances.tax(item), Map.of());
        } catch (IllegalArgumentException e) {
            throw new RejectedException("line " + item.id() + " " + e.getMessage());
        }
    }
}
