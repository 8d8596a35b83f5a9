package io.mlconnector.stripe;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.RecordKey;
import org.jspecify.annotations.Nullable;

/** The payment and the invoice that money which goes back came from, the same for refunds and disputes. */
final class OriginRules {

    private final String connection;
    private final Field<String> payment;
    private final Field<String> invoice;

    OriginRules(String connection, StripeSettings settings, String object, RecordMapping.Rules<?> rules) {
        this.connection = connection;
        payment = rules.field("payment", "origin/payment", Conversions.id());
        invoice = rules.field("invoice", "invoice/id", Conversions.id());
        rules.field(
                "attributes.invoice_number",
                "invoice/metadata/" + settings.metadata().invoiceNo(),
                Conversions.text());
        rules.field("attributes.stripe_invoice_number", "invoice/number", Conversions.text());
        rules.field("attributes.invoices", "origin/invoices", Conversions.text());
        rules.field("attributes.payment_intent", object + "/payment_intent", Conversions.id());
        rules.field("attributes.charge", object + "/charge", Conversions.id());
        rules.field("attributes.stripe_status", object + "/status", Conversions.text());
    }

    @Nullable RecordKey payment(Values values) {
        String id = payment.orNull(values);
        return id == null ? null : new RecordKey(connection, StripeConnector.PAYMENTS, id);
    }

    @Nullable RecordKey invoice(Values values) {
        String id = invoice.orNull(values);
        return id == null ? null : new RecordKey(connection, StripeConnector.INVOICES, id);
    }

    /** Returns a document with the object under its name, and where its money came from. */
    static JsonObject document(String name, JsonObject object, InvoiceRows rows) {
        InvoiceRows.Origin origin = rows.origin(Wire.reference(object, Hint.INTENT), Wire.reference(object, "charge"));
        var from = new JsonObject();
        from.addProperty("payment", origin.record());
        if (origin.rows().size() > 1) {
            from.addProperty("invoices", origin.invoices());
        }
        var document = new JsonObject();
        JsonObject invoice = origin.invoice();
        document.add(name, object);
        document.add("origin", from);
        document.add("invoice", invoice == null ? JsonNull.INSTANCE : invoice);
        return document;
    }
}
