package io.mlconnector.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.CreditNote;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credit notes with all their lines. */
final class CreditNoteKind implements ObjectKind<CreditNote> {

    private static final String NOTE = "credit_note";

    private final String connection;
    private final RecordMapping<CreditNote> mapping;
    private final Field<String> id;
    private final Field<String> number;
    private final Field<String> invoice;
    private final Field<String> customer;
    private final Field<Instant> effectiveAt;
    private final Field<Instant> created;
    private final Field<BigDecimal> total;
    private final Field<String> currency;
    private final Field<String> reason;
    private final Field<String> status;

    CreditNoteKind(String connection, StripeSettings settings, Settings overrides) {
        this.connection = connection;
        RecordMapping.Rules<CreditNote> rules = RecordMapping.named("stripe.credit-notes", overrides);
        id = rules.required("key", "credit_note/id", Conversions.id());
        number = rules.required("number", "credit_note/number", Conversions.text());
        invoice = rules.field("invoice", "invoice/id", Conversions.id());
        customer = rules.field("customer", "credit_note/customer", Conversions.id());
        effectiveAt = rules.field("issuedOn", "credit_note/effective_at", StripeValues.epoch());
        created = rules.required("issuedOn.created", "credit_note/created", StripeValues.epoch());
        total = rules.required("total", "credit_note/total", StripeValues.units());
        currency = rules.required("total.currency", "credit_note/currency", StripeValues.currency());
        reason = rules.field("reason", "credit_note/reason", Conversions.text());
        status = rules.required("valid", "credit_note/status", Conversions.text());
        rules.field(
                "attributes.invoice_number",
                "invoice/metadata/" + settings.metadata().invoiceNo(),
                Conversions.text());
        rules.field("attributes.stripe_invoice_number", "invoice/number", Conversions.text());
        rules.field("attributes.type", "credit_note/type", Conversions.text());
        rules.field("attributes.memo", "credit_note/memo", Conversions.text());
        rules.field("attributes.pre_payment", "amounts/pre_payment_amount", Conversions.text());
        rules.field("attributes.post_payment", "amounts/post_payment_amount", Conversions.text());
        mapping = rules.build(this::head);
    }

    RecordMapping<CreditNote> rules() {
        return mapping;
    }

    @Override
    public Class<CreditNote> type() {
        return CreditNote.class;
    }

    @Override
    public String entity() {
        return StripeConnector.CREDIT_NOTES;
    }

    @Override
    public String object() {
        return NOTE;
    }

    @Override
    public String collection() {
        return "credit_notes";
    }

    @Override
    public List<String> expand() {
        return List.of("invoice");
    }

    @Override
    public List<String> events() {
        return List.of("credit_note.created", "credit_note.updated", "credit_note.voided");
    }

    @Override
    public JsonObject document(JsonObject note, StripeApi api, InvoiceRows rows) {
        if (Wire.flag(note, "lines", "has_more")) {
            var all = new JsonArray();
            api.all(StripeApi.path(collection(), Wire.id(note)) + "/lines", Map.of())
                    .forEach(all::add);
            note.getAsJsonObject("lines").add("data", all);
        }
        var document = new JsonObject();
        JsonObject invoice = Wire.object(note, "invoice");
        document.add(NOTE, note);
        document.add("invoice", invoice == null ? JsonNull.INSTANCE : invoice);
        document.add("amounts", Minor.texts(note, "pre_payment_amount", "post_payment_amount"));
        return document;
    }

    @Override
    public CreditNote record(RecordKey key, JsonObject document) {
        CreditNote head = mapping.map(Wire.row(mapping.layout(), document));
        var lines = new ArrayList<LineItem>();
        for (JsonObject line : Wire.objects(document, NOTE, "lines", "data")) {
            lines.add(line(line, head.total().currency()));
        }
        return new CreditNote(
                head.key(),
                head.number(),
                head.invoice(),
                head.customer(),
                head.issuedOn(),
                lines,
                head.total(),
                head.reason(),
                head.valid(),
                head.attributes());
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    private CreditNote head(Values values) {
        String lowered = invoice.orNull(values);
        String receiver = customer.orNull(values);
        Instant issued = effectiveAt.or(values, created.of(values));
        return CreditNote.builder()
                .key(new RecordKey(connection, entity(), id.of(values)))
                .number(number.of(values))
                .invoice(lowered == null ? null : new RecordKey(connection, StripeConnector.INVOICES, lowered))
                .customer(receiver == null ? null : new RecordKey(connection, StripeConnector.CUSTOMERS, receiver))
                .issuedOn(issued.atZone(ZoneOffset.UTC).toLocalDate())
                .total(Minor.money(total.of(values), currency.of(values)))
                .reason(reason.orNull(values))
                .valid(!status.of(values).equals("void"))
                .attributes(values.attributes())
                .build();
    }

    private static LineItem line(JsonObject line, String currency) {
        String lineId = Wire.text(line, "id");
        if (lineId == null) {
            throw new MappingException("lines must have ids: " + line);
        }
        Money net = money(Wire.number(line, "amount"), currency);
        List<JsonObject> taxes = Wire.objects(line, "taxes");
        long tax = taxes.stream().mapToLong(one -> Wire.number(one, "amount")).sum();
        BigDecimal price = Wire.decimal(line, "unit_amount_decimal");
        return new LineItem(
                lineId,
                String.valueOf(Wire.text(line, "description")).replaceFirst("^null$", ""),
                Wire.decimal(line, "quantity"),
                null,
                price == null ? null : price.movePointLeft(Minor.digits(currency.toUpperCase(Locale.ROOT))),
                net,
                taxes.isEmpty() ? null : new LineTax(null, null, money(tax, currency)),
                null,
                null,
                null);
    }

    private static Money money(long units, @Nullable String currency) {
        return Minor.money(BigDecimal.valueOf(units), String.valueOf(currency));
    }
}
