package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates an invoice: draft, lines, comparison of the totals, and what the mode asks for. What fails leaves no draft behind. */
final class NewInvoice {

    private final StripeApi api;
    private final InvoiceMapping mapping;
    private final LineWriter lineWriter;
    private final InvoiceFinder finder;
    private final Existing<RemoteInvoice> existing;
    private final Drafts drafts;
    private final Issuing issuing;

    NewInvoice(
            StripeApi api,
            InvoiceMapping mapping,
            LineWriter lineWriter,
            InvoiceFinder finder,
            Existing<RemoteInvoice> existing,
            Drafts drafts,
            Issuing issuing) {
        this.api = api;
        this.mapping = mapping;
        this.lineWriter = lineWriter;
        this.finder = finder;
        this.existing = existing;
        this.drafts = drafts;
        this.issuing = issuing;
    }

    RemoteInvoice write(Write.Create<Invoice> create, String customer, Attempt attempt) {
        Invoice invoice = create.record();
        if (invoice.status() == Invoice.Status.VOID) {
            throw new RejectedException("is cancelled in the ERP, so there is nothing to create");
        }
        Map<String, Object> head = mapping.render(invoice, customer, create.intendedAt());
        Totals wanted = Totals.of(invoice);
        LineWriter.Rendered lines = lineWriter.render(invoice, attempt);
        Optional<RemoteInvoice> foreign =
                create.partial() == null ? ofAnEarlierLedger(create, customer) : Optional.empty();
        if (foreign.isPresent()) {
            return takenOver(foreign.get(), lines, head, wanted, attempt);
        }
        RemoteInvoice draft = partial(create.partial()).orElseGet(() -> created(create, head, customer, attempt));
        if (!draft.draft()) {
            wanted.refuse(drafts.totals(draft), "in Stripe on " + draft.id());
            return draft;
        }
        try {
            return filled(draft, lines, wanted, attempt);
        } catch (RejectedException e) {
            api.deleteDraft(draft.id(), attempt);
            throw e;
        } catch (StripeRefusedException e) {
            if (e.withoutEffect() && (e.status() == 400 || e.status() == 402)) {
                api.deleteDraft(draft.id(), attempt);
            }
            throw e;
        }
    }

    private RemoteInvoice filled(RemoteInvoice draft, LineWriter.Rendered lines, Totals wanted, Attempt attempt) {
        RemoteInvoice filled = lineWriter.write(draft, lines, attempt);
        wanted.refuse(drafts.totals(filled), "in Stripe");
        return issuing.issue(filled, lines.invoice(), attempt);
    }

    private Optional<RemoteInvoice> ofAnEarlierLedger(Write.Create<Invoice> create, String customer) {
        List<RemoteInvoice> there = existing.of(create.key()).stream()
                .filter(invoice -> !invoice.status().equals("void"))
                .toList();
        if (there.size() > 1) {
            throw several(create.key(), there);
        }
        there.stream().filter(invoice -> !invoice.customer().equals(customer)).forEach(invoice -> {
            throw new RejectedException("Stripe has the invoice " + invoice.id() + " of it already, for the customer "
                    + invoice.customer() + " instead of " + customer);
        });
        return there.stream().findFirst();
    }

    /** Brings what is there already in line. It is not ours alone, so it is never deleted. */
    private RemoteInvoice takenOver(
            RemoteInvoice there, LineWriter.Rendered lines, Map<String, Object> head, Totals wanted, Attempt attempt) {
        RemoteInvoice refreshed = refreshed(there, head, attempt);
        if (!refreshed.draft()) {
            wanted.refuse(drafts.totals(refreshed), "in Stripe on " + refreshed.id());
            return refreshed;
        }
        return filled(refreshed, lines, wanted, attempt);
    }

    private Optional<RemoteInvoice> partial(@Nullable TargetRef partial) {
        return Optional.ofNullable(partial).flatMap(target -> api.invoiceById(target.id()));
    }

    private RemoteInvoice created(
            Write.Create<Invoice> create, Map<String, Object> head, String customer, Attempt attempt) {
        return new Creation<RemoteInvoice>(
                        step -> api.createInvoice(head, step),
                        () -> only(create, customer).map(there -> refreshed(there, head, attempt)),
                        draft -> draft.replayed() ? api.invoiceById(draft.id()) : Optional.of(draft))
                .send(attempt, "invoice");
    }

    /** What an earlier run left may have had another head; the lines are compared anyway. */
    private RemoteInvoice refreshed(RemoteInvoice there, Map<String, Object> head, Attempt attempt) {
        if (!there.draft()) {
            return there;
        }
        var changeable = new LinkedHashMap<>(head);
        changeable.keySet().removeAll(InvoiceMapping.ONLY_AT_CREATION);
        return api.updateInvoice(there.id(), changeable, attempt.step("invoice-again", there.id(), changeable));
    }

    private Optional<RemoteInvoice> only(Write.Create<Invoice> create, String customer) {
        List<RemoteInvoice> matches = finder.matches(create.key(), customer, create.intendedAt());
        if (matches.size() > 1) {
            throw several(create.key(), matches);
        }
        return matches.stream().findFirst();
    }

    private static RejectedException several(RecordKey key, List<RemoteInvoice> invoices) {
        return new RejectedException(CustomerFinder.several(
                key, invoices.stream().map(RemoteInvoice::id).toList()));
    }
}
