package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Money;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Endpoint;
import java.time.LocalDate;

/** How rows of sales orders are read. The order has no lines yet, and its total is zero in its currency. */
final class OrderMapping {

    static final String CUSTOMER_COLUMN = "CustomerNo";

    private OrderMapping() {}

    static RecordMapping<SalesOrder> of(EntitySet set, Endpoint orders, Endpoint customers) {
        RecordMapping.Rules<SalesOrder> rules = RecordMapping.named("ifs.orders", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> customer = rules.required("customer", CUSTOMER_COLUMN, Conversions.id());
        Field<String> currency = rules.required("net.currency", "CurrencyCode", Conversions.currency());
        Field<LocalDate> ordered = rules.field("orderedOn", "DateEntered", Conversions.date());
        Field<LocalDate> wanted = rules.field("wantedOn", "WantedDeliveryDate", Conversions.date());
        Field<String> reference = rules.field("customerReference", "CustomerPoNo", Conversions.text());
        Field<String> status = rules.field("status", "Objstate", Conversions.text());
        rules.field("attributes.site", "Contract", Conversions.text());
        rules.field("attributes.paymentTerms", "PayTermId", Conversions.id());
        return rules.build(values -> SalesOrder.builder()
                .key(orders.key(key.id(values)))
                .number(key.id(values))
                .customer(customers.key(customer.of(values)))
                .orderedOn(ordered.orNull(values))
                .wantedOn(wanted.orNull(values))
                .net(Money.zero(currency.of(values)))
                .customerReference(reference.orNull(values))
                .status(status.orNull(values))
                .attributes(values.attributes())
                .build());
    }
}
