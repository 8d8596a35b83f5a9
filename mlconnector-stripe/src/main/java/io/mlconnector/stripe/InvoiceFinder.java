package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds invoices by the keys in their metadata, through the list of their customer. */
final class InvoiceFinder {

    /** The record whose invoice this one adds to. */
    static final String SECOND_OF = "mlc_second_of";

    private final StripeApi api;
    private final RemoteClock clock;
    private final String keyName;

    InvoiceFinder(StripeApi api, RemoteClock clock, String keyName) {
        this.api = api;
        this.clock = clock;
        this.keyName = keyName;
    }

    /** Returns the invoices of a record that a write since {@code intendedAt} can have made. */
    List<RemoteInvoice> matches(RecordKey key, String customer, Instant intendedAt) {
        String wanted = Texts.key(key);
        var matches = new ArrayList<RemoteInvoice>();
        api.invoices(Map.of("customer", customer), invoice -> {
            if (invoice.created().isBefore(clock.notBefore(intendedAt))) {
                return false;
            }
            if (wanted.equals(invoice.metadata().get(keyName))) {
                matches.add(invoice);
            }
            return true;
        });
        return matches;
    }

    /** Returns the second invoices over differences of an invoice, oldest first, without void ones. */
    List<RemoteInvoice> seconds(RecordKey key, RemoteInvoice original) {
        String wanted = Texts.key(key);
        var seconds = new ArrayList<RemoteInvoice>();
        Map<String, Object> filter = Map.of(
                "customer",
                original.customer(),
                "created",
                Map.of("gte", original.created().getEpochSecond()));
        api.invoices(filter, invoice -> {
            if (wanted.equals(invoice.metadata().get(SECOND_OF))
                    && !invoice.status().equals("void")) {
                seconds.add(0, invoice);
            }
            return true;
        });
        return seconds;
    }

    /** Returns what is missing of a draft, empty if nothing. */
    String missing(Invoice wanted, RemoteInvoice draft) {
        List<RemoteLine> lines = api.lines(draft);
        List<String> ids = lines.stream().map(RemoteLine::erpLine).toList();
        long there =
                wanted.lines().stream().map(LineItem::id).filter(ids::contains).count();
        return there < wanted.lines().size()
                ? "has " + there + " of " + wanted.lines().size() + " lines"
                : Totals.of(wanted).differenceTo(Totals.of(draft, lines.size()), "in Stripe");
    }
}
