package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How rows of lines are read. */
final class LineMappings {

    private static final String CANCELLED = "Cancelled";

    private LineMappings() {}

    /** A line of a sales order, whose amounts follow from quantity, price, discount and tax code. */
    static RecordMapping<DocumentLine> order(EntitySet set) {
        RecordMapping.Rules<DocumentLine> rules = RecordMapping.named("ifs.order-lines", set.mapping());
        KeyRules.ofDetail(rules, set);
        Field<String> order = rules.required("lines.orderNumber", "OrderNo", Conversions.id());
        Field<String> line = rules.required("lines.line", "LineNo", Conversions.id());
        Field<String> release = rules.required("lines.release", "RelNo", Conversions.id());
        Field<BigDecimal> item = rules.required("lines.item", "LineItemNo", Conversions.decimal());
        Field<String> description = rules.field("lines.description", "CatalogDesc", Conversions.text());
        Field<String> product = rules.field("lines.product", "CatalogNo", Conversions.id());
        Field<BigDecimal> quantity = rules.required("lines.quantity", "BuyQtyDue", Conversions.decimal());
        Field<String> unit = rules.field("lines.unit", "SalesUnitMeas", Conversions.text());
        Field<BigDecimal> price = rules.required("lines.unitPrice", "SaleUnitPrice", Conversions.decimal());
        Field<BigDecimal> discount = rules.field("lines.discount", "Discount", Conversions.decimal());
        Field<String> taxCode = rules.field("lines.tax.code", "TaxCode", Conversions.id());
        Field<String> state = rules.field("lines.state", "Objstate", Conversions.text());
        return rules.build(values -> new DocumentLine(
                line.of(values) + "/" + release.of(values) + "/"
                        + item.of(values).toPlainString(),
                described(description.orNull(values), product.orNull(values), line.of(values)),
                quantity.of(values),
                unit.orNull(values),
                price.of(values),
                discount.or(values, BigDecimal.ZERO),
                taxCode.orNull(values),
                product.orNull(values),
                order.of(values),
                null,
                null,
                item.of(values).signum() <= 0 && !CANCELLED.equals(state.orNull(values))));
    }

    /** A line of a customer order invoice, with amounts of its own. */
    static RecordMapping<DocumentLine> invoice(EntitySet set) {
        RecordMapping.Rules<DocumentLine> rules = RecordMapping.named("ifs.invoice-lines", set.mapping());
        KeyRules.ofDetail(rules, set);
        Field<String> item = rules.required("lines.id", "ItemId", Conversions.id());
        Field<String> description = rules.field("lines.description", "Description", Conversions.text());
        Field<String> product = rules.field("lines.product", "CatalogNo", Conversions.id());
        Field<String> order = rules.field("lines.orderNumber", "OrderNo", Conversions.id());
        Field<BigDecimal> quantity = rules.field("lines.quantity", "InvoicedQty", Conversions.decimal());
        Field<BigDecimal> price = rules.field("lines.unitPrice", "SaleUnitPrice", Conversions.decimal());
        Field<BigDecimal> net = rules.required("lines.net", "NetCurrAmount", Conversions.decimal());
        Field<BigDecimal> tax = rules.required("lines.tax.amount", "VatCurrAmount", Conversions.decimal());
        Field<String> taxCode = rules.field("lines.tax.code", "VatCode", Conversions.id());
        return rules.build(values -> new DocumentLine(
                item.of(values),
                described(description.orNull(values), product.orNull(values), item.of(values)),
                quantity.orNull(values),
                null,
                price.orNull(values),
                BigDecimal.ZERO,
                taxCode.orNull(values),
                product.orNull(values),
                order.orNull(values),
                net.of(values),
                tax.of(values),
                true));
    }

    private static String described(@Nullable String description, @Nullable String product, String line) {
        if (description != null) {
            return description;
        }
        return product == null ? "line " + line : product;
    }
}
