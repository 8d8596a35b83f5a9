package io.mlconnector.benchmarks;

import io.mlconnector.engine.EngineParts;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.JsonShape;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's own way: rules that are compiled once. */
final class RuleInvoices implements Way {

    private static final JsonShape SHAPE = JsonShape.of("value", "@odata.nextLink");

    private final EngineParts.Hasher hasher = new EngineParts.Hasher();
    private final RecordMapping<Change<Invoice>> mapping = mapping();
    private final WriteMapping<Invoice> form = formMapping();

    @Override
    public void read(byte[] page, Records records) {
        for (Row row : rows(page)) {
            records.take(map(row));
        }
    }

    @Override
    public long fingerprint(Invoice invoice) {
        return hasher.whole(invoice);
    }

    @Override
    public byte[] form(Invoice invoice) {
        return form.form(invoice, null);
    }

    byte[] json(Invoice invoice) {
        return form.json(invoice, null);
    }

    List<Row> rows(byte[] page) {
        return JsonPage.read(page, SHAPE, mapping.layout()).rows();
    }

    Change<Invoice> map(Row row) {
        return mapping.map(row);
    }

    private static RecordMapping<Change<Invoice>> mapping() {
        RecordMapping.Rules<Change<Invoice>> rules =
                RecordMapping.named("benchmark.invoices", Settings.of("mapping", Map.of()));
        Field<String> id = rules.required("key", "InvoiceId", Conversions.id());
        Field<String> number = rules.required("number", "InvoiceNo", Conversions.id());
        Field<String> company = rules.required("company", "Company", Conversions.id());
        Field<String> customer = rules.required("customer", "Identity", Conversions.id());
        Field<LocalDate> issuedOn = rules.required("issuedOn", "InvoiceDate", Conversions.date());
        Field<LocalDate> dueOn = rules.required("dueOn", "DueDate", Conversions.date());
        Field<String> currency = rules.required("currency", "Currency", Conversions.currency());
        Field<BigDecimal> net = rules.required("net", "NetCurrAmount", Conversions.decimal());
        Field<BigDecimal> tax = rules.required("tax", "VatCurrAmount", Conversions.decimal());
        Field<BigDecimal> total = rules.required("total", "GrossCurrAmount", Conversions.decimal());
        Field<String> memo = rules.field("memo", "Note", Conversions.text());
        Field<String> region = rules.required("region", "Cf_Region", Conversions.text());
        Field<List<Line>> lines = rules.list("lines", "Lines", lines());
        Field<Instant> modifiedAt = rules.required("modifiedAt", "LastModified", Conversions.instant());
        Field<String> version = rules.required("version", "@odata.etag", Conversions.id());
        return rules.build(values -> {
            String code = currency.of(values);
            return Invoices.change(
                    id.of(values),
                    number.of(values),
                    company.of(values),
                    customer.of(values),
                    issuedOn.of(values),
                    dueOn.of(values),
                    code,
                    net.of(values),
                    tax.of(values),
                    total.of(values),
                    memo.orNull(values),
                    region.of(values),
                    items(lines.of(values), code),
                    modifiedAt.of(values),
                    version.of(values));
        });
    }

    private static List<LineItem> items(List<Line> lines, String currency) {
        var items = new ArrayList<LineItem>(lines.size());
        for (Line line : lines) {
            items.add(Invoices.line(line.number, line.text, line.product, line.taxCode, line.net, line.tax, currency));
        }
        return items;
    }

    private record Line(String number, String text, String product, String taxCode, BigDecimal net, BigDecimal tax) {}

    private static RecordMapping<Line> lines() {
        RecordMapping.Rules<Line> rules = RecordMapping.named("benchmark.lines", Settings.of("mapping", Map.of()));
        Field<String> number = rules.required("id", "LineNo", Conversions.id());
        Field<String> text = rules.required("description", "Description", Conversions.text());
        Field<String> product = rules.required("product", "PartNo", Conversions.id());
        Field<BigDecimal> net = rules.required("net", "NetCurrAmount", Conversions.decimal());
        Field<String> code = rules.required("tax.code", "VatCode", Conversions.id());
        Field<BigDecimal> tax = rules.required("tax", "VatCurrAmount", Conversions.decimal());
        return rules.build(values -> new Line(
                number.of(values),
                text.of(values),
                product.of(values),
                code.of(values),
                net.of(values),
                tax.of(values)));
    }

    private static WriteMapping<Invoice> formMapping() {
        return WriteMapping.<Invoice>named("benchmark.form", Settings.of("mapping", Map.of()))
                .rule("customer", "customer", it -> it.customer().id())
                .rule("currency", "total", it -> it.total().currency())
                .rule("amount", "total", RuleInvoices::minorUnits)
                .rule("due_date", "dueOn", RuleInvoices::dueAt)
                .rule("description", "memo", Invoice::memo)
                .rule("number", "number", Invoice::number)
                .rule("metadata[company]", "company", Invoice::company)
                .rule(
                        "metadata[region]",
                        "attributes",
                        it -> it.attributes().value("region").orElse(null))
                .rule("metadata[system]", "key", it -> it.key().connection())
                .build();
    }

    private static Object minorUnits(Invoice invoice) {
        return invoice.total().amount().movePointRight(2).longValueExact();
    }

    private static @Nullable Object dueAt(Invoice invoice) {
        LocalDate due = invoice.dueOn();
        return due == null ? null : due.toEpochDay() * 86_400;
    }
}
