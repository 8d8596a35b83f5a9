package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that tie payments to invoices: one payment may pay several invoices, and one invoice may be paid by several payments.
 * Neither a payment intent nor a charge names an invoice. Remembers what it has read, so make a new one for every page.
 */
final class InvoiceRows {

    static final String PATH = "/v1/invoice_payments";

    private static final List<String> EXPANDED = List.of("data.invoice", "data.payment.payment_intent.latest_charge");

    private final StripeApi api;
    private final Map<String, List<JsonObject>> byIntent = new HashMap<>();

    InvoiceRows(StripeApi api) {
        this.api = api;
    }

    /** The parameters of the list of all rows. */
    static Map<String, Object> query() {
        return Map.of("expand", EXPANDED);
    }

    /** Returns the rows of a payment, oldest first, with their invoices, the intent and its charge inside. */
    List<JsonObject> of(String intent) {
        return byIntent.computeIfAbsent(intent, id -> {
            Map<String, Object> payment = Map.of("type", Hint.INTENT, Hint.INTENT, id);
            var rows = new ArrayList<>(api.all(PATH, Map.of("payment", payment, "expand", EXPANDED)));
            rows.sort(Comparator.comparingLong((JsonObject row) -> Wire.number(row, "created"))
                    .thenComparing(Wire::id));
            return rows;
        });
    }

    /** Returns the rows of an invoice, without what they refer to. */
    List<JsonObject> ofInvoice(String invoice) {
        return api.all(PATH, Map.of("invoice", invoice));
    }

    /** Returns what of a payment is paid, by the ids of an object that came of it, such as a refund. */
    Origin origin(@Nullable String intent, @Nullable String charge) {
        String paidBy = intent;
        if (paidBy == null && charge != null) {
            paidBy = api.read(StripeApi.path("charges", charge), Map.of())
                    .map(found -> Wire.text(found, Hint.INTENT))
                    .orElse(null);
        }
        if (paidBy == null) {
            return new Origin(charge, List.of());
        }
        List<JsonObject> paid = of(paidBy).stream()
                .filter(row -> "paid".equals(Wire.text(row, "status")))
                .toList();
        return new Origin(paidBy, paid);
    }

    /**
     * Where money that goes back came from.
     *
     * @param payment the intent, or the charge if there is none
     * @param rows the rows of the payment
     */
    record Origin(@Nullable String payment, List<JsonObject> rows) {

        /** Returns the id of the payment as a record has it; null if it is several records. */
        @Nullable String record() {
            return rows.isEmpty() ? payment : rows.size() == 1 ? Wire.id(rows.get(0)) : null;
        }

        /** Returns the invoice; null if it is none or several. */
        @Nullable JsonObject invoice() {
            return rows.size() == 1 ? Wire.object(rows.get(0), "invoice") : null;
        }

        /** Returns the ids of the invoices, for people. */
        String invoices() {
            return String.join(
                    ", ",
                    rows.stream()
                            .map(row -> String.valueOf(Wire.reference(row, "invoice")))
                            .toList());
        }
    }
}
