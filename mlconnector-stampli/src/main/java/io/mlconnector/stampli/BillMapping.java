package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Bill;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How the rows of an invoice become a bill. */
final class BillMapping {

    static final String ENTITY = "bills";

    /** Attributes that tell more of a bill than its canonical form. */
    static final String TRANSACTION_TYPE = "transactionType";

    private static final String HEAD = "stampli.bills";
    private static final String LINES = "stampli.bill-lines";
    private static final String DIMENSIONS = "lines.coding.dimensions.";

    static final Set<String> LINE_COLUMNS = Set.of(
            "line_number",
            "line_type",
            "description",
            "gl_account",
            "cost_center",
            "department",
            "location",
            "project",
            "class",
            "item_id",
            "quantity",
            "uom",
            "unit_price",
            "line_net",
            "tax_code",
            "line_tax",
            "line_po_number",
            "po_line",
            "receipt_number");

    private static final Set<String> REQUIRED = Set.of(
            "company_id",
            "invoice_id",
            "status",
            "invoice_number",
            "vendor_id",
            "vendor_name",
            "invoice_date",
            "currency",
            "net_amount",
            "total_amount",
            "line_number",
            "line_net");

    private static final Map<String, String> XML_NAMES = Map.ofEntries(
            Map.entry("@id", "invoice_id"),
            Map.entry("@type", "transaction_type"),
            Map.entry("Vendor/Id", "vendor_id"),
            Map.entry("Vendor/Name", "vendor_name"),
            Map.entry("Approval/@by", "approver"),
            Map.entry("Approval/@at", "approved_at"),
            Map.entry("Line/@number", "line_number"),
            Map.entry("Line/@type", "line_type"),
            Map.entry("Line/Net", "line_net"),
            Map.entry("Line/Tax", "line_tax"),
            Map.entry("Line/PoNumber", "line_po_number"));

    private final Endpoint bills;
    private final VendorIds vendorIds;
    private final BillChecks checks;
    private final RecordMapping.Rules<Bill> rules;

    private final Field<String> company;
    private final Field<String> stampliId;
    private final Field<Integer> revision;
    private final Field<TransactionType> type;
    private final Field<BillStatus> status;
    private final Field<String> number;
    private final Field<String> vendor;
    private final Field<LocalDate> issued;
    private final Field<LocalDate> due;
    private final Field<LocalDate> glDate;
    private final Field<String> currency;
    private final Field<BigDecimal> net;
    private final Field<BigDecimal> tax;
    private final Field<BigDecimal> total;
    private final Field<String> order;
    private final Field<String> memo;
    private final Field<Instant> approvedAt;
    private final Field<List<BillLine>> lines;

    private BillMapping(EntityStyle style, Endpoint bills, VendorIds vendorIds, InstantSource clock) {
        this.bills = bills;
        this.vendorIds = vendorIds;
        this.checks = new BillChecks(clock);
        DecimalStyle decimals = style.text().decimals();
        DateStyle dates = style.text().dates();
        this.rules = RecordMapping.named(HEAD, style.mapping());
        company = rules.required("company", "company_id", TextForms.text(40));
        stampliId = rules.required("attributes.stampliId", "invoice_id", TextForms.text(64));
        revision = rules.field("revision", "revision", TextForms.counting());
        type = rules.field(
                "attributes." + TRANSACTION_TYPE, "transaction_type", TextForms.word(TransactionType.class, Map.of()));
        status = rules.required("status", "status", TextForms.word(BillStatus.class, style.statuses()));
        number = rules.required("number", "invoice_number", TextForms.text(50));
        vendor = rules.required("vendor", "vendor_id", TextForms.text(40));
        rules.required("attributes.vendorName", "vendor_name", TextForms.text(100));
        issued = rules.required("issuedOn", "invoice_date", dates);
        due = rules.field("dueOn", "due_date", dates);
        glDate = rules.field("attributes.glDate", "gl_date", dates);
        currency = rules.required("currency", "currency", Conversions.currency());
        rules.field("attributes.exchangeRate", "exchange_rate", decimals);
        net = rules.required("net", "net_amount", decimals);
        tax = rules.field("tax", "tax_amount", decimals);
        total = rules.required("total", "total_amount", decimals);
        rules.field("attributes.paymentTerms", "terms_code", TextForms.text(20));
        order = rules.field("purchaseOrderNumber", "po_number", TextForms.text(40));
        memo = rules.field("memo", "memo", TextForms.text(2000));
        rules.field("attributes.approver", "approver", TextForms.text(200));
        approvedAt = rules.field("attributes.approvedAt", "approved_at", Conversions.instant());
        rules.field("attributes.documentUrl", "document_url", TextForms.address());
        rules.field("attributes.stampliUrl", "stampli_url", TextForms.address());
        rules.alsoRead(FileSource.EXPORTED_AT);
        rules.alsoRead(FileSource.REVISION);
        lines = rules.list("lines", FileContract.LINES, lines(style, decimals));
    }

    static FileContract<Bill> contract(EntityStyle style, Endpoint bills, VendorIds vendorIds, InstantSource clock) {
        BillMapping mapping = new BillMapping(style, bills, vendorIds, clock);
        return new FileContract<>(
                Bill.class,
                ENTITY,
                List.of("company_id", "invoice_id", "revision", "vendor_id", "invoice_number"),
                LINE_COLUMNS,
                REQUIRED,
                "total_amount",
                List.of("company_id", "vendor_id", "invoice_number"),
                "Invoice",
                XML_NAMES,
                mapping.rules.build(mapping::bill));
    }

    private static RecordMapping<BillLine> lines(EntityStyle style, DecimalStyle decimals) {
        RecordMapping.Rules<BillLine> rules = RecordMapping.named(LINES, style.lineMapping());
        Field<Integer> number = rules.required("lines.id", "line_number", TextForms.counting());
        Field<BillLine.Type> type =
                rules.field("lines.type", "line_type", TextForms.word(BillLine.Type.class, Map.of()));
        Field<String> description = rules.field("lines.description", "description", TextForms.text(500));
        Field<String> account = rules.field("lines.coding.account", "gl_account", style.accounts());
        Field<String> costCenter = rules.field("lines.coding.costCenter", "cost_center", style.costCenters());
        List<Field<String>> dimensions = Stream.of("department", "location", "project", "class")
                .map(name -> rules.field(DIMENSIONS + name, name, TextForms.text(40)))
                .toList();
        Field<Map<String, String>> others =
                rules.field("lines.coding.dimensions", FileContract.DIMENSIONS, Dimensions.CONVERSION);
        Field<String> item = rules.field("lines.product", "item_id", TextForms.text(40));
        Field<BigDecimal> quantity = rules.field("lines.quantity", "quantity", decimals);
        Field<String> unit = rules.field("lines.unit", "uom", TextForms.text(40));
        Field<BigDecimal> price = rules.field("lines.unitPrice", "unit_price", decimals);
        Field<BigDecimal> net = rules.required("lines.net", "line_net", decimals);
        Field<String> taxCode = rules.field("lines.tax.code", "tax_code", TextForms.text(40));
        Field<BigDecimal> tax = rules.field("lines.tax.amount", "line_tax", decimals);
        Field<String> order = rules.field("lines.orderNumber", "line_po_number", TextForms.text(40));
        Field<String> orderLine = rules.field("lines.orderLine", "po_line", TextForms.text(40));
        Field<String> receipt = rules.field("lines.receipt", "receipt_number", TextForms.text(40));
        return rules.build(values -> new BillLine(
                number.of(values),
                type.or(values, BillLine.Type.GL),
                description.orNull(values),
                account.orNull(values),
                costCenter.orNull(values),
                dimensions(values, dimensions, others),
                item.orNull(values),
                quantity.orNull(values),
                unit.orNull(values),
                price.orNull(values),
                net.of(values),
                taxCode.orNull(values),
                tax.orNull(values),
                order.orNull(values),
                orderLine.orNull(values),
                receipt.orNull(values)));
    }

    private static Map<String, String> dimensions(
            Values values, List<Field<String>> named, Field<Map<String, String>> others) {
        Map<String, String> found = others.or(values, Map.of());
        Map<String, String> all = null;
        for (int i = 0; i < named.size(); i++) { // for every line: an iterator would be an object more
            String value = named.get(i).orNull(values);
            if (value != null) {
                all = all == null ? new LinkedHashMap<>(found) : all;
                all.put(named.get(i).name().substring(DIMENSIONS.length()), value);
            }
        }
        return all == null ? found : all;
    }

    private Bill bill(Values values) {
        TransactionType kind = type.or(values, TransactionType.BILL);
        BillStatus standing = status.of(values);
        String code = currency.of(values);
        List<BillLine> rows = lines.or(values, List.of());
        BigDecimal taxAmount = tax.or(values, BigDecimal.ZERO);
        if (standing == BillStatus.APPROVED && kind.owed()) {
            List<String> faults = checks.faults(
                    new BillChecks.Head(
                            kind,
                            issued.of(values),
                            due.orNull(values),
                            glDate.orNull(values),
                            approvedAt.orNull(values),
                            net.of(values),
                            taxAmount,
                            total.of(values)),
                    rows);
            if (!faults.isEmpty()) {
                throw new MappingException(faults);
            }
        }
        boolean negative = kind == TransactionType.REFUND;
        String orderNumber = order.orNull(values);
        var items = new ArrayList<LineItem>(rows.size());
        for (BillLine row : rows) {
            items.add(row.item(code, negative, orderNumber));
        }
        String companyId = company.of(values);
        String vendorId = vendor.of(values);
        return Bill.builder()
                .key(bills.key(id(companyId, vendorId, number.of(values))))
                .number(number.of(values))
                .company(companyId)
                .vendor(vendorIds.key(companyId, vendorId))
                .issuedOn(issued.of(values))
                .dueOn(due.orNull(values))
                .lines(items)
                .net(BillLine.money(net.of(values), code, negative))
                .tax(BillLine.money(taxAmount, code, negative))
                .total(BillLine.money(total.of(values), code, negative))
                .purchaseOrderNumber(orderNumber)
                .approval(standing.approval())
                .paymentStatus(standing.payment())
                .memo(memo.orNull(values))
                .attributes(attributes(values, kind, rows))
                .build();
    }

    private static String id(String company, String vendor, String number) {
        String id = FileContract.id(List.of(company, vendor, number));
        if (id == null) {
            throw new IllegalArgumentException("a bill needs company_id, vendor_id and invoice_number");
        }
        return id;
    }

    /** What lines say beyond the canonical form stands beside the bill, as {@code line.2.type}. */
    private static Attributes attributes(Values values, TransactionType kind, List<BillLine> rows) {
        Map<String, String> own = values.attributes().asMap();
        boolean complete = kind.name().equals(own.get(TRANSACTION_TYPE));
        for (int at = 0; at < rows.size() && complete; at++) {
            complete = rows.get(at).saysNoMore();
        }
        if (complete) {
            return values.attributes();
        }
        var attributes = new LinkedHashMap<>(own);
        attributes.put(TRANSACTION_TYPE, kind.name());
        rows.forEach(row -> row.addTo(attributes));
        return Attributes.of(attributes);
    }

    @Override
    public String toString() {
        return HEAD + " " + stampliId.name() + " " + revision.name();
    }
}
