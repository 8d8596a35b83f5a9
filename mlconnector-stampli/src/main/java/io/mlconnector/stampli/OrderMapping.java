package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.spi.Endpoint;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the rows of a purchase order become one. */
final class OrderMapping {

    static final String ENTITY = "purchase-orders";

    private static final Set<String> LINE_COLUMNS = Set.of(
            "line_number",
            "item_id",
            "description",
            "quantity",
            "received_quantity",
            "billed_quantity",
            "uom",
            "unit_price",
            "line_amount",
            "gl_account",
            "cost_center");

    private OrderMapping() {}

    /** A line as its row says, before the currency is known. */
    private record OrderLine(
            int number,
            @Nullable String item,
            @Nullable String description,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal received,
            @Nullable BigDecimal billed,
            @Nullable String unit,
            @Nullable BigDecimal price,
            BigDecimal amount,
            @Nullable GlCoding coding) {

        LineItem item(String currency) {
            return new LineItem(
                    Integer.toString(number),
                    description == null ? "line " + number : description,
                    quantity,
                    unit,
                    price,
                    new Money(amount, currency),
                    null,
                    item,
                    null,
                    coding);
        }
    }

    static FileContract<PurchaseOrder> contract(EntityStyle style, Endpoint orders, VendorIds vendorIds) {
        DecimalStyle decimals = style.text().decimals();
        RecordMapping.Rules<PurchaseOrder> rules = RecordMapping.named("stampli.purchase-orders", style.mapping());
        Field<String> company = rules.required("company", "company_id", TextForms.text(40));
        Field<String> number = rules.required("number", "po_number", TextForms.text(40));
        Field<String> vendor = rules.required("vendor", "vendor_id", TextForms.text(40));
        Field<String> status = rules.field("status", "status", TextForms.text(40));
        Field<LocalDate> ordered =
                rules.field("orderedOn", "order_date", style.text().dates());
        Field<String> currency = rules.required("currency", "currency", Conversions.currency());
        rules.field("attributes.total", "total_amount", decimals);
        rules.alsoRead(FileSource.UPDATED_AT);
        Field<List<OrderLine>> lines = rules.list("lines", FileContract.LINES, lines(style, decimals));
        RecordMapping<PurchaseOrder> mapping = rules.build(values -> {
            List<OrderLine> rows = lines.or(values, List.of());
            var attributes = new LinkedHashMap<>(values.attributes().asMap());
            for (OrderLine row : rows) {
                put(attributes, "line." + row.number() + ".received", row.received());
                put(attributes, "line." + row.number() + ".billed", row.billed());
            }
            return PurchaseOrder.builder()
                    .key(orders.key(id(company.of(values), number.of(values))))
                    .number(number.of(values))
                    .company(company.of(values))
                    .vendor(vendorIds.key(company.of(values), vendor.of(values)))
                    .orderedOn(ordered.orNull(values))
                    .currency(currency.of(values))
                    .status(status.orNull(values))
                    .lines(rows.stream()
                            .map(row -> row.item(currency.of(values)))
                            .toList())
                    .attributes(Attributes.of(attributes))
                    .build();
        });
        return new FileContract<>(
                PurchaseOrder.class,
                ENTITY,
                List.of("company_id", "po_number"),
                LINE_COLUMNS,
                Set.of("company_id", "po_number", "vendor_id", "currency", "line_number", "line_amount"),
                "total_amount",
                List.of("company_id", "po_number"),
                "PurchaseOrder",
                Map.of(
                        "@number", "po_number",
                        "Vendor/Id", "vendor_id",
                        "Line/@number", "line_number",
                        "Line/Amount", "line_amount"),
                mapping);
    }

    private static void put(Map<String, String> attributes, String name, @Nullable BigDecimal quantity) {
        if (quantity != null) {
            attributes.put(name, quantity.stripTrailingZeros().toPlainString());
        }
    }

    static String id(String company, String number) {
        String id = FileContract.id(List.of(company, number));
        if (id == null) {
            throw new IllegalArgumentException("a purchase order needs company_id and po_number");
        }
        return id;
    }

    private static RecordMapping<OrderLine> lines(EntityStyle style, DecimalStyle decimals) {
        RecordMapping.Rules<OrderLine> rules = RecordMapping.named("stampli.purchase-order-lines", style.lineMapping());
        Field<Integer> number = rules.required("lines.id", "line_number", TextForms.counting());
        Field<String> item = rules.field("lines.product", "item_id", TextForms.text(40));
        Field<String> description = rules.field("lines.description", "description", TextForms.text(500));
        Field<BigDecimal> quantity = rules.field("lines.quantity", "quantity", decimals);
        Field<BigDecimal> received = rules.field("lines.received", "received_quantity", decimals);
        Field<BigDecimal> billed = rules.field("lines.billed", "billed_quantity", decimals);
        Field<String> unit = rules.field("lines.unit", "uom", TextForms.text(40));
        Field<BigDecimal> price = rules.field("lines.unitPrice", "unit_price", decimals);
        Field<BigDecimal> amount = rules.required("lines.net", "line_amount", decimals);
        Field<String> account = rules.field("lines.coding.account", "gl_account", style.accounts());
        Field<String> costCenter = rules.field("lines.coding.costCenter", "cost_center", style.costCenters());
        return rules.build(values -> {
            String glAccount = account.orNull(values);
            String center = costCenter.orNull(values);
            return new OrderLine(
                    number.of(values),
                    item.orNull(values),
                    description.orNull(values),
                    quantity.orNull(values),
                    received.orNull(values),
                    billed.orNull(values),
                    unit.orNull(values),
                    price.orNull(values),
                    amount.of(values),
                    glAccount == null && center == null ? null : new GlCoding(glAccount, center, Map.of()));
        });
    }
}
