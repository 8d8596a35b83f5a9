package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import java.util.List;

/** The lines of one invoice on their way into its draft, with the prices of the catalog that they refer to. */
final class LineWriter {
    private static final int ROUNDS = 4;

    private final StripeApi api;
    private final Drafts drafts;
    private final LineMapping mapping;
    private final Catalog catalog;

    LineWriter(StripeApi api, Drafts drafts, LineMapping mapping, Catalog catalog) {
        this.api = api;
        this.drafts = drafts;
        this.mapping = mapping;
        this.catalog = catalog;
    }

    /** The lines of an invoice, and where their prices come from. */
    record Rendered(Invoice invoice, List<DraftLine> lines, Catalog.Prices prices) {}

    /**
     * Renders the lines before anything of them reaches Stripe.
     *
     * @throws RejectedException if they do not add up to the invoice
     */
    Rendered render(Invoice invoice, Attempt attempt) {
        Catalog.Prices prices = catalog.prices(attempt);
        List<DraftLine> lines = mapping.render(invoice, prices);
        Totals wanted = Totals.of(invoice);
        wanted.refuse(Totals.ofLines(lines, wanted.currency()), "as the sum of its lines");
        return new Rendered(invoice, lines, prices);
    }

    /** Brings the draft in line; once more with the prices of now where another invoice replaced one in between. */
    RemoteInvoice write(RemoteInvoice draft, Rendered rendered, Attempt attempt) {
        RemoteInvoice there = draft;
        Rendered current = rendered;
        for (int round = 1; ; round++) {
            try {
                RemoteInvoice written = drafts.align(there, current.lines(), attempt);
                current.prices().archiveReplaced();
                return written;
            } catch (StripeRefusedException e) {
                if (round == ROUNDS || !e.names("[pricing]")) {
                    throw e;
                }
                current = render(rendered.invoice(), attempt);
                there = api.invoiceById(draft.id()).orElse(there);
            }
        }
    }
}
