package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Disputes and inquiries. */
final class DisputeKind implements ObjectKind<Dispute> {

    private static final String DISPUTE = "dispute";

    private final String connection;
    private final RecordMapping<Dispute> mapping;
    private final OriginRules origin;
    private final Field<String> id;
    private final Field<BigDecimal> amount;
    private final Field<String> currency;
    private final Field<BigDecimal> fee;
    private final Field<String> settlement;
    private final Field<Instant> openedAt;
    private final Field<Instant> dueBy;
    private final Field<String> reason;
    private final Field<String> status;

    DisputeKind(String connection, StripeSettings settings, Settings overrides) {
        this.connection = connection;
        RecordMapping.Rules<Dispute> rules = RecordMapping.named("stripe.disputes", overrides);
        id = rules.required("key", "dispute/id", Conversions.id());
        origin = new OriginRules(connection, settings, DISPUTE, rules);
        amount = rules.required("amount", "dispute/amount", StripeValues.units());
        currency = rules.required("amount.currency", "dispute/currency", StripeValues.currency());
        fee = rules.field("fee", "movements/fee", StripeValues.units());
        settlement = rules.field("fee.currency", "movements/currency", StripeValues.currency());
        openedAt = rules.required("openedAt", "dispute/created", StripeValues.epoch());
        dueBy = rules.field("evidenceDueBy", "dispute/evidence_details/due_by", StripeValues.epoch());
        reason = rules.field("reason", "dispute/reason", Conversions.text());
        status = rules.required("status", "dispute/status", Conversions.text());
        rules.field("attributes.withdrawn", "movements/withdrawn", Conversions.text());
        rules.field("attributes.reinstated", "movements/reinstated", Conversions.text());
        rules.field(
                "attributes.network_reason",
                "dispute/payment_method_details/card/network_reason_code",
                Conversions.text());
        mapping = rules.build(this::dispute);
    }

    RecordMapping<Dispute> rules() {
        return mapping;
    }

    @Override
    public Class<Dispute> type() {
        return Dispute.class;
    }

    @Override
    public String entity() {
        return StripeConnector.DISPUTES;
    }

    @Override
    public String object() {
        return DISPUTE;
    }

    @Override
    public String collection() {
        return "disputes";
    }

    @Override
    public List<String> expand() {
        return List.of();
    }

    @Override
    public List<String> events() {
        return List.of(
                "charge.dispute.created",
                "charge.dispute.updated",
                "charge.dispute.closed",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.funds_reinstated");
    }

    /** No movement on an inquiry, one once the money is withdrawn, a second if it comes back. */
    @Override
    public JsonObject document(JsonObject object, StripeApi api, InvoiceRows rows) {
        var movements = new JsonObject();
        long fee = 0;
        for (JsonObject row : Wire.objects(object, "balance_transactions")) {
            String currency = String.valueOf(Wire.text(row, "currency"));
            long amount = Wire.number(row, "amount");
            fee += Wire.number(row, "fee");
            movements.addProperty("fee", fee);
            movements.addProperty("currency", currency);
            movements.addProperty(amount < 0 ? "withdrawn" : "reinstated", Minor.text(Math.abs(amount), currency));
        }
        JsonObject document = OriginRules.document(DISPUTE, object, rows);
        document.add("movements", movements);
        return document;
    }

    @Override
    public Dispute record(RecordKey key, JsonObject document) {
        return mapping.map(Wire.row(mapping.layout(), document));
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    private Dispute dispute(Values values) {
        String settledIn = settlement.orNull(values);
        return Dispute.builder()
                .key(new RecordKey(connection, entity(), id.of(values)))
                .payment(origin.payment(values))
                .invoice(origin.invoice(values))
                .amount(Minor.money(amount.of(values), currency.of(values)))
                .fee(settledIn == null ? null : Minor.money(fee.or(values, BigDecimal.ZERO), settledIn))
                .openedAt(openedAt.of(values))
                .evidenceDueBy(dueBy.orNull(values))
                .reason(reason.orNull(values))
                .status(status(status.of(values)))
                .attributes(values.attributes())
                .build();
    }

    /** Stripe adds statuses; one that is not known here is still open, and its name is in the attributes. */
    private static Dispute.Status status(String status) {
        return switch (status) {
            case "warning_needs_response", "warning_under_review" -> Dispute.Status.INQUIRY;
            case "needs_response" -> Dispute.Status.NEEDS_RESPONSE;
            case "won" -> Dispute.Status.WON;
            case "lost" -> Dispute.Status.LOST;
            case "warning_closed", "prevented", "charge_refunded" -> Dispute.Status.CLOSED;
            default -> Dispute.Status.UNDER_REVIEW;
        };
    }
}
