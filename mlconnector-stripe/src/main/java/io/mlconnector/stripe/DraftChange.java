package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Write;
import java.util.LinkedHashMap;
import java.util.Map;

/** Changes an invoice that is still a draft: its lines in place, then what changed of its head. */
final class DraftChange {

    private final StripeApi api;
    private final InvoiceMapping mapping;
    private final LineWriter lineWriter;
    private final Drafts drafts;
    private final Issuing issuing;

    DraftChange(StripeApi api, InvoiceMapping mapping, LineWriter lineWriter, Drafts drafts, Issuing issuing) {
        this.api = api;
        this.mapping = mapping;
        this.lineWriter = lineWriter;
        this.drafts = drafts;
        this.issuing = issuing;
    }

    RemoteInvoice write(Write.Update<Invoice> update, RemoteInvoice draft, Attempt attempt) {
        Invoice invoice = update.record();
        Map<String, Object> head =
                new LinkedHashMap<>(mapping.renderChanges(invoice, update.changedFields(), update.intendedAt()));
        Totals wanted = Totals.of(invoice);
        RemoteInvoice aligned = lineWriter.write(draft, lineWriter.render(invoice, attempt), attempt);
        wanted.refuse(drafts.totals(aligned), "in Stripe on the draft " + draft.id());
        head.put(
                "metadata[" + Marker.NAME + "]",
                Marker.of(draft.metadata()).next(attempt.key()).value());
        RemoteInvoice changed = api.updateInvoice(draft.id(), head, attempt.step("invoice", draft.id(), head));
        return issuing.issue(changed, invoice, attempt);
    }
}
