package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invoices without their lines: where they stand and what of them is paid. Those that Stripe makes for subscriptions are among them. */
final class InvoiceStatusKind implements ObjectKind<Invoice> {

    private static final Map<String, Invoice.Status> STATUSES = Map.of(
            "draft", Invoice.Status.DRAFT,
            "open", Invoice.Status.OPEN,
            "paid", Invoice.Status.PAID,
            "void", Invoice.Status.VOID,
            "uncollectible", Invoice.Status.UNCOLLECTIBLE);
    private static final String[] AMOUNTS = {
        "amount_due",
        "amount_paid",
        "amount_paid_off_stripe",
        "amount_remaining",
        "amount_overpaid",
        "pre_payment_credit_notes_amount",
        "post_payment_credit_notes_amount"
    };

    private final String connection;
    private final RecordMapping<Invoice> mapping;
    private final Field<String> id;
    private final Field<String> number;
    private final Field<String> printedNumber;
    private final Field<String> company;
    private final Field<String> customer;
    private final Field<Instant> issuedAt;
    private final Field<Instant> dueAt;
    private final Field<BigDecimal> net;
    private final Field<BigDecimal> total;
    private final Field<String> currency;
    private final Field<Invoice.Status> status;

    InvoiceStatusKind(String connection, StripeSettings settings, Settings overrides) {
        this.connection = connection;
        StripeSettings.MetadataKeys keys = settings.metadata();
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("stripe.invoice-status", overrides);
        id = rules.required("key", "invoice/id", Conversions.id());
        number = rules.field("number", "invoice/metadata/" + keys.invoiceNo(), Conversions.text());
        printedNumber = rules.field("number.printed", "invoice/number", Conversions.text());
        company = rules.field("company", "invoice/metadata/" + keys.company(), Conversions.text());
        customer = rules.required("customer", "invoice/customer", Conversions.id());
        issuedAt = rules.field("issuedOn", "invoice/effective_at", StripeValues.epoch());
        dueAt = rules.field("dueOn", "invoice/due_date", StripeValues.epoch());
        net = rules.field("net", "invoice/total_excluding_tax", StripeValues.units());
        total = rules.required("total", "invoice/total", StripeValues.units());
        currency = rules.required("total.currency", "invoice/currency", StripeValues.currency());
        status = rules.required("status", "invoice/status", Conversions.oneOf("status", STATUSES));
        for (String amount : AMOUNTS) {
            rules.field("attributes." + amount, "amounts/" + amount, Conversions.text());
        }
        rules.field("attributes.paid_at", "times/paid_at", Conversions.text());
        rules.field("attributes.voided_at", "times/voided_at", Conversions.text());
        rules.field("attributes.hosted_invoice_url", "invoice/hosted_invoice_url", Conversions.text());
        rules.field("attributes.billing_reason", "invoice/billing_reason", Conversions.text());
        rules.field("attributes.subscription", "invoice/parent/subscription_details/subscription", Conversions.id());
        rules.field("attributes.latest_revision", "invoice/latest_revision", Conversions.id());
        rules.field("attributes.mlc_key", "invoice/metadata/" + keys.key(), Conversions.text());
        mapping = rules.build(this::invoice);
    }

    RecordMapping<Invoice> rules() {
        return mapping;
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public String entity() {
        return StripeConnector.INVOICE_STATUS;
    }

    @Override
    public String object() {
        return "invoice";
    }

    @Override
    public String collection() {
        return "invoices";
    }

    @Override
    public List<String> expand() {
        return List.of("amount_paid_off_stripe");
    }

    @Override
    public List<String> events() {
        return List.of(
                "invoice.created",
                "invoice.updated",
                "invoice.finalized",
                "invoice.paid",
                "invoice.payment_failed",
                "invoice.voided",
                "invoice.marked_uncollectible",
                "invoice.overdue",
                "invoice.overpaid",
                "invoice.deleted");
    }

    @Override
    public JsonObject document(JsonObject object, StripeApi api, InvoiceRows rows) {
        var times = new JsonObject();
        for (String name : List.of("paid_at", "voided_at")) {
            long at = Wire.number(object, "status_transitions", name);
            if (at > 0) {
                times.addProperty(name, Instant.ofEpochSecond(at).toString());
            }
        }
        var document = new JsonObject();
        document.add("invoice", object);
        document.add("amounts", Minor.texts(object, AMOUNTS));
        document.add("times", times);
        return document;
    }

    @Override
    public Invoice record(RecordKey key, JsonObject document) {
        return mapping.map(Wire.row(mapping.layout(), document));
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    private Invoice invoice(Values values) {
        String code = currency.of(values);
        Money all = Minor.money(total.of(values), code);
        Money taxed = Minor.money(net.or(values, total.of(values)), code);
        return Invoice.builder()
                .key(new RecordKey(connection, entity(), id.of(values)))
                .number(number.or(values, printedNumber.or(values, id.of(values))))
                .company(company.orNull(values))
                .customer(new RecordKey(connection, StripeConnector.CUSTOMERS, customer.of(values)))
                .issuedOn(date(issuedAt.orNull(values)))
                .dueOn(date(dueAt.orNull(values)))
                .net(taxed)
                .tax(all.minus(taxed))
                .total(all)
                .status(status.of(values))
                .attributes(values.attributes())
                .build();
    }

    private static @Nullable LocalDate date(@Nullable Instant at) {
        return at == null ? null : at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
