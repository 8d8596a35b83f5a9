package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.stripe.StripeSettings.Mode;
import java.util.Map;

/** Takes a complete draft as far as the connection's mode says. */
final class Issuing {

    private final StripeApi api;
    private final Mode mode;

    Issuing(StripeApi api, Mode mode) {
        this.api = api;
        this.mode = mode;
    }

    /** Returns whether an invoice is to leave the state of a draft. One that is a draft in the ERP stays one. */
    static boolean wanted(Mode mode, Invoice invoice) {
        return mode != Mode.DRAFT && invoice.status() != Invoice.Status.DRAFT;
    }

    RemoteInvoice issue(RemoteInvoice draft, Invoice invoice, Attempt attempt) {
        if (!draft.draft() || !wanted(mode, invoice)) {
            return draft;
        }
        String action = mode == Mode.SEND ? "send" : "finalize";
        Map<String, Object> parameters = mode == Mode.SEND ? Map.of() : Map.of("auto_advance", false);
        try {
            return api.invoiceAction(
                    draft.id(),
                    action,
                    parameters,
                    attempt.step(action, draft.id(), Marker.of(draft.metadata()).number()));
        } catch (StripeRefusedException e) {
            if (!e.withoutEffect()) {
                throw e;
            }
            // Somebody may have been quicker: then the draft is none any more.
            return api.invoiceById(draft.id()).filter(now -> !now.draft()).orElseThrow(() -> e);
        }
    }
}
