package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment out of a document that holds {@code invoice_payment}, {@code invoice}, {@code payment_intent}, {@code charge} and {@code
 * balance_transaction}, as far as there are such, and what {@link IntentPayments} made of them under {@code payment}.
 */
final class PaymentMapping {

    private final String connection;
    private final RecordMapping<Payment> mapping;
    private final Field<String> id;
    private final Field<String> status;
    private final Field<String> reference;
    private final Field<String> recordReference;
    private final Field<String> payer;
    private final Field<String> invoice;
    private final Field<String> number;
    private final Field<String> printedNumber;
    private final Field<BigDecimal> amount;
    private final Field<String> currency;
    private final Field<BigDecimal> fee;
    private final Field<BigDecimal> net;
    private final Field<String> settlement;
    private final Field<BigDecimal> rate;
    private final Field<Instant> paidAt;
    private final Field<Instant> chargedAt;
    private final Field<String> method;
    private final Field<String> otherMethod;

    PaymentMapping(String connection, StripeSettings settings, Settings overrides) {
        this.connection = connection;
        RecordMapping.Rules<Payment> rules = RecordMapping.named("stripe.payments", overrides);
        id = rules.required("key", "payment/id", Conversions.id());
        status = rules.required("status", "payment/status", Conversions.id());
        reference = rules.field("reference", "charge/id", Conversions.id());
        recordReference = rules.field("reference.record", "invoice_payment/payment/payment_record", Conversions.id());
        payer = rules.field("payer", "payment/customer", Conversions.id());
        invoice = rules.field("allocations.document", "invoice/id", Conversions.id());
        number = rules.field(
                "allocations.number", "invoice/metadata/" + settings.metadata().invoiceNo(), Conversions.text());
        printedNumber = rules.field("allocations.number.printed", "invoice/number", Conversions.text());
        amount = rules.required("amount", "payment/amount", StripeValues.units());
        currency = rules.required("amount.currency", "payment/currency", StripeValues.currency());
        fee = rules.field("fee", "balance_transaction/fee", StripeValues.units());
        net = rules.field("settled", "balance_transaction/net", StripeValues.units());
        settlement = rules.field("settled.currency", "balance_transaction/currency", StripeValues.currency());
        rate = rules.field("exchangeRate", "balance_transaction/exchange_rate", Conversions.decimal());
        paidAt = rules.field("paidAt", "invoice_payment/status_transitions/paid_at", StripeValues.epoch());
        chargedAt = rules.field("paidAt.charged", "charge/created", StripeValues.epoch());
        method = rules.field("method", "charge/payment_method_details/type", Conversions.text());
        otherMethod = rules.field("method.other", "invoice_payment/payment/type", Conversions.text());
        rules.field("attributes.invoice_payment", "invoice_payment/id", Conversions.id());
        rules.field("attributes.payment_intent", "payment_intent/id", Conversions.id());
        rules.field("attributes.order_reference", "payment_intent/payment_details/order_reference", Conversions.text());
        rules.field("attributes.description", "charge/description", Conversions.text());
        rules.field("attributes.payer_name", "charge/billing_details/name", Conversions.text());
        rules.field("attributes.failure_code", "charge/failure_code", Conversions.text());
        rules.field("attributes.failure_message", "charge/failure_message", Conversions.text());
        rules.field("attributes.billing_reason", "invoice/billing_reason", Conversions.text());
        rules.field("attributes.subscription", "invoice/parent/subscription_details/subscription", Conversions.id());
        mapping = rules.build(this::payment);
    }

    RecordMapping<Payment> rules() {
        return mapping;
    }

    Payment payment(JsonObject document) {
        return mapping.map(Wire.row(mapping.layout(), document));
    }

    private Payment payment(Values values) {
        Money money = Minor.money(amount.of(values), currency.of(values));
        String settledIn = settlement.orNull(values);
        Instant moved = paidAt.orNull(values);
        String customer = payer.orNull(values);
        return Payment.builder()
                .key(new RecordKey(connection, StripeConnector.PAYMENTS, id.of(values)))
                .reference(reference.or(values, recordReference.or(values, id.of(values))))
                .payer(customer == null ? null : new RecordKey(connection, StripeConnector.CUSTOMERS, customer))
                .allocations(allocations(values, money))
                .amount(money)
                .fee(settledIn == null ? null : Minor.money(fee.or(values, BigDecimal.ZERO), settledIn))
                .settled(settledIn == null ? null : Minor.money(net.or(values, BigDecimal.ZERO), settledIn))
                .exchangeRate(rate.orNull(values))
                .paidAt(moved == null ? chargedAt.of(values) : moved)
                .method(kind(values))
                .status(Payment.Status.valueOf(status.of(values)))
                .attributes(values.attributes())
                .build();
    }

    private List<Allocation> allocations(Values values, Money money) {
        String document = invoice.orNull(values);
        if (document == null) {
            return List.of();
        }
        String printed = number.orNull(values) == null ? printedNumber.orNull(values) : number.orNull(values);
        return List.of(new Allocation(new RecordKey(connection, StripeConnector.INVOICES, document), printed, money));
    }

    private @Nullable String kind(Values values) {
        String card = method.orNull(values);
        return card == null ? otherMethod.orNull(values) : card;
    }
}
