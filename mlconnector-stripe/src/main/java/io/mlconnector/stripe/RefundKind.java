package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Refunds. */
final class RefundKind implements ObjectKind<Refund> {

    private static final String REFUND = "refund";
    private static final String MOVEMENT = "balance_transaction";

    private final String connection;
    private final RecordMapping<Refund> mapping;
    private final OriginRules origin;
    private final Field<String> id;
    private final Field<BigDecimal> amount;
    private final Field<String> currency;
    private final Field<BigDecimal> fee;
    private final Field<String> settlement;
    private final Field<Instant> refundedAt;
    private final Field<String> reason;
    private final Field<String> status;

    RefundKind(String connection, StripeSettings settings, Settings overrides) {
        this.connection = connection;
        RecordMapping.Rules<Refund> rules = RecordMapping.named("stripe.refunds", overrides);
        id = rules.required("key", "refund/id", Conversions.id());
        origin = new OriginRules(connection, settings, REFUND, rules);
        amount = rules.required("amount", "refund/amount", StripeValues.units());
        currency = rules.required("amount.currency", "refund/currency", StripeValues.currency());
        fee = rules.field("fee", "refund/balance_transaction/fee", StripeValues.units());
        settlement = rules.field("fee.currency", "refund/balance_transaction/currency", StripeValues.currency());
        refundedAt = rules.required("refundedAt", "refund/created", StripeValues.epoch());
        reason = rules.field("reason", "refund/reason", Conversions.text());
        status = rules.required("status", "refund/status", Conversions.text());
        rules.field("attributes.failure_reason", "refund/failure_reason", Conversions.text());
        rules.field("attributes.bank_reference", "refund/destination_details/card/reference", Conversions.text());
        rules.field("attributes.receipt_number", "refund/receipt_number", Conversions.text());
        mapping = rules.build(this::refund);
    }

    RecordMapping<Refund> rules() {
        return mapping;
    }

    @Override
    public Class<Refund> type() {
        return Refund.class;
    }

    @Override
    public String entity() {
        return StripeConnector.REFUNDS;
    }

    @Override
    public String object() {
        return REFUND;
    }

    @Override
    public String collection() {
        return "refunds";
    }

    @Override
    public List<String> expand() {
        return List.of(MOVEMENT);
    }

    /** Accounts of old versions have only the last two. */
    @Override
    public List<String> events() {
        return List.of("refund.created", "refund.updated", "refund.failed", "charge.refund.updated", "charge.refunded");
    }

    @Override
    public JsonObject document(JsonObject object, StripeApi api, InvoiceRows rows) {
        return OriginRules.document(REFUND, object, rows);
    }

    @Override
    public Refund record(RecordKey key, JsonObject document) {
        return mapping.map(Wire.row(mapping.layout(), document));
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    private Refund refund(Values values) {
        String settledIn = settlement.orNull(values);
        return Refund.builder()
                .key(new RecordKey(connection, entity(), id.of(values)))
                .payment(origin.payment(values))
                .invoice(origin.invoice(values))
                .amount(Minor.money(amount.of(values), currency.of(values)))
                .fee(settledIn == null ? null : Minor.money(fee.or(values, BigDecimal.ZERO), settledIn))
                .refundedAt(refundedAt.of(values))
                .reason(reason.orNull(values))
                .status(
                        switch (status.of(values)) {
                            case "succeeded" -> Refund.Status.SUCCEEDED;
                            case "failed" -> Refund.Status.FAILED;
                            case "canceled" -> Refund.Status.CANCELED;
                            default -> Refund.Status.PENDING;
                        })
                .attributes(values.attributes())
                .build();
    }
}
