package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes an invoice that is still a draft: its lines in place, then what changed of its head. */
final class DraftChange {

    private final StripeApi api;
    private final InvoiceMapping mapping;
    private final LineMapping lineMapping;
    private final Drafts drafts;
    private final Issuing issuing;

    DraftChange(StripeApi api, InvoiceMapping mapping, LineMapping lineMapping, Drafts drafts, Issuing issuing) {
        this.api = api;
        this.mapping = mapping;
        this.lineMapping = lineMapping;
        this.drafts = drafts;
        this.issuing = issuing;
    }

    RemoteInvoice write(Write.Update<Invoice> update, RemoteInvoice draft, Attempt attempt) {
        Invoice invoice = update.record();
        Map<String, Object> head =
                new LinkedHashMap<>(mapping.renderChanges(invoice, update.changedFields(), update.intendedAt()));
        Totals wanted = Totals.of(invoice);
        List<DraftLine> lines = lineMapping.render(invoice, attempt);
        refuse(wanted.differenceTo(Totals.ofLines(lines, wanted.currency()), "as the sum of its lines"));

        RemoteInvoice aligned = drafts.align(draft, lines, attempt);
        refuse(wanted.differenceTo(drafts.totals(aligned), "in Stripe on the draft " + draft.id()));
        head.put(
                "metadata[" + Marker.NAME + "]",
                Marker.of(draft.metadata()).next(attempt.key()).value());
        RemoteInvoice changed = api.updateInvoice(draft.id(), head, attempt.step("invoice", draft.id(), head));
        return issuing.issue(changed, invoice, attempt);
    }

    private static void refuse(String difference) {
        if (!difference.isEmpty()) {
            throw new RejectedException("the totals differ: " + difference);
        }
    }
}
