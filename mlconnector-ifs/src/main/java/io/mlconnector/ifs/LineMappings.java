package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.GlCoding;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
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
                null,
                true));
    }

    /** A line of a supplier invoice with what it is booked on; the columns are those of a posting proposal or of an item. */
    static RecordMapping<DocumentLine> supplierInvoice(EntitySet set, CodeParts codeParts, boolean proposal) {
        RecordMapping.Rules<DocumentLine> rules = RecordMapping.named("ifs.supplier-invoice-lines", set.mapping());
        KeyRules.ofDetail(rules, set);
        Field<String> id = rules.required("lines.id", proposal ? "RowNo" : "ItemId", Conversions.id());
        Field<String> description =
                rules.field("lines.description", proposal ? "Text" : "Description", Conversions.text());
        Field<String> order = rules.field("lines.orderNumber", "PoRefNumber", Conversions.id());
        Field<BigDecimal> net =
                rules.required("lines.net", proposal ? "CurrAmount" : "NetCurrAmount", Conversions.decimal());
        Field<BigDecimal> tax = rules.field("lines.tax.amount", "VatCurrAmount", Conversions.decimal());
        Field<String> taxCode = rules.field("lines.tax.code", "VatCode", Conversions.id());
        Field<String> account = rules.field("lines.coding.account", "Account", Conversions.id());
        Field<String> costCenter = rules.field("lines.coding.costCenter", codeParts.costCenter(), Conversions.id());
        var dimensions = new LinkedHashMap<String, Field<String>>();
        codeParts
                .columns()
                .forEach((name, column) ->
                        dimensions.put(name, rules.field("lines.coding.dimensions." + name, column, Conversions.id())));
        return rules.build(values -> {
            var others = new LinkedHashMap<String, String>();
            dimensions.forEach((name, field) -> {
                String value = field.orNull(values);
                if (value != null) {
                    others.put(name, value);
                }
            });
            return new DocumentLine(
                    id.of(values),
                    described(description.orNull(values), null, id.of(values)),
                    null,
                    null,
                    null,
                    BigDecimal.ZERO,
                    taxCode.orNull(values),
                    null,
                    order.orNull(values),
                    net.of(values),
                    tax.or(values, BigDecimal.ZERO),
                    new GlCoding(account.orNull(values), costCenter.orNull(values), others),
                    true);
        });
    }

    private static String described(@Nullable String description, @Nullable String product, String line) {
        if (description != null) {
            return description;
        }
        return product == null ? "line " + line : product;
    }
}
