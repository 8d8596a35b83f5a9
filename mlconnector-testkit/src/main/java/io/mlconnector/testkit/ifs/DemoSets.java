package io.mlconnector.testkit.ifs;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes demo rows to those sets that a sandbox serves, generic or cloud, under the names of each. */
final class DemoSets {

    private final IfsSandbox sandbox;

    DemoSets(IfsSandbox sandbox) {
        this.sandbox = sandbox;
    }

    void customer(Map<String, Object> customer, Optional<Instant> modified) {
        write("CustomerSet", customer, Map.of(), Map.of(), modified);
        write(
                "CustomerInfoSet",
                customer,
                Map.of("CountryCode", "Country"),
                Map.of("PartyType", "Customer", "CustomerCategory", "Customer", "OneTime", false, "B2bCustomer", true),
                modified);
        write("CustomerInfoAddresses", customer, Map.of(), Map.of("AddressId", "1"), modified);
    }

    void order(DemoOrder made, Optional<Instant> modified) {
        write("CustomerOrderSet", made.order(), Map.of(), Map.of(), modified);
        made.lines().forEach(line -> line(made, line, modified));
        voucher(made, modified);
    }

    void line(DemoOrder made, Map<String, Object> line, Optional<Instant> modified) {
        write("CustomerOrderLineSet", line, Map.of(), Map.of(), modified);
        write(
                "CustomerOrderInvLineSet",
                line,
                Map.of("Description", "CatalogDesc", "InvoicedQty", "BuyQtyDue", "VatCode", "TaxCode"),
                Map.of(
                        "Company", made.voucher().getOrDefault("Company", ""),
                        "InvoiceId", invoiceId(made),
                        "ItemId", made.lines().indexOf(line) + 1,
                        "NetCurrAmount", DemoOrder.netAmount(line),
                        "VatCurrAmount", DemoOrder.taxAmount(line)),
                modified);
    }

    void voucher(DemoOrder made, Optional<Instant> modified) {
        write("VoucherSet", made.voucher(), Map.of(), Map.of(), modified);
        write(
                "CustomerOrderInvHeadSet",
                made.voucher(),
                Map.of(
                        "Identity", "CustomerId",
                        "InvoiceDate", "VoucherDate",
                        "Currency", "CurrencyCode",
                        "CreatorsReference", "OrderNo"),
                Map.of("InvoiceId", invoiceId(made), "PayTermId", "30", "Objstate", "Posted"),
                modified);
    }

    private static long invoiceId(DemoOrder made) {
        return Long.parseLong((String) made.voucher().getOrDefault("InvoiceId", "0"));
    }

    /** Fills each column of the set from the constants, else from the source under its other name, else its own. */
    private void write(
            String set,
            Map<String, Object> source,
            Map<String, String> renamed,
            Map<String, Object> constants,
            Optional<Instant> modified) {
        Optional<EntitySetDefinition> found = sandbox.sets().stream()
                .filter(definition -> definition.name().equals(set))
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        EntitySetDefinition definition = found.get();
        Map<String, Object> values = new HashMap<>();
        for (Column column : definition.columns()) {
            Object value = constants.get(column.name());
            if (value == null) {
                value = source.get(renamed.getOrDefault(column.name(), column.name()));
            }
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        List<Object> key = definition.keyNames().stream().map(values::get).toList();
        Optional<IfsRow> known = sandbox.row(definition.path(), key.toArray());
        if (known.isEmpty() || modified.isPresent()) {
            modified.ifPresent(stamp -> definition.modifiedColumn().ifPresent(column -> values.put(column, stamp)));
            sandbox.put(definition.path(), values);
        } else if (differs(known.get(), EntityStore.typed(definition, values))) {
            sandbox.patch(definition.path(), values);
        }
    }

    /** A set whose columns an edit does not touch keeps its stamp: changes do not spread to related rows. */
    private static boolean differs(IfsRow known, Map<String, Object> values) {
        return !known.values().entrySet().containsAll(values.entrySet());
    }
}
