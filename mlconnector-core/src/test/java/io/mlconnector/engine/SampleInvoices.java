package io.mlconnector.engine;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pages of OData invoices of about 30 fields with nested lines, of which the mapping reads half. */
final class SampleInvoices {

    private static final String[] CURRENCIES = {"EUR", "SEK", "USD"};
    private static final String[] COMPANIES = {"10", "20"};

    private SampleInvoices() {}

    static byte[] page(int rows) {
        var json = new StringBuilder("{\"@odata.context\":\"$metadata#InvoiceSet\",\"value\":[");
        for (int i = 0; i < rows; i++) {
            json.append(i == 0 ? "" : ",").append(row(i));
        }
        return json.append("],\"@odata.nextLink\":\"InvoiceSet?$skiptoken=")
                .append(rows)
                .append("\"}")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String row(int i) {
        long net = 10_000 + i * 37L % 900_000;
        long tax = net / 5;
        long first = net / 3;
        LocalDate day = LocalDate.of(2026, 1, 1).plusDays(i % 300);
        String company = COMPANIES[i % COMPANIES.length];
        return "{\"@odata.etag\":\"W/\\\"Vy8iQUFBVng" + i + "OjIwMjYwMTE3\\\"\",\"luname\":\"CustomerInvoice\","
                + "\"keyref\":\"COMPANY=" + company + "^INVOICE_ID=" + i + "^\",\"Objstate\":\"Posted\",\"Company\":\""
                + company
                + "\",\"InvoiceId\":" + i + ",\"SeriesId\":\"CI\",\"InvoiceNo\":\"CI-" + (700_000 + i)
                + "\",\"InvoiceType\":\"CUSTORDDEB\",\"Identity\":\"C" + (i % 1000)
                + "\",\"PartyType\":\"Customer\",\"Name\":\"Berg & Söhne "
                + (i % 1000) + "\",\"InvoiceDate\":\"" + day + "\",\"DueDate\":\"" + day.plusDays(30)
                + "\",\"Currency\":\"" + CURRENCIES[i % CURRENCIES.length] + "\",\"CurrRate\":1.0000,\"NetCurrAmount\":"
                + money(net) + ",\"VatCurrAmount\":" + money(tax) + ",\"GrossCurrAmount\":" + money(net + tax)
                + ",\"OpenAmount\":" + money(net) + ",\"PayTermId\":\"30\",\"CustomerPo\":\"PO-" + i
                + "\",\"Note\":null,\"VoucherType\":\"F\",\"VoucherNo\":" + (2_026_000_000L + i) + ",\"VoucherDate\":\""
                + day
                + "\",\"DeliveryCountry\":\"DE\",\"CreatedBy\":\"IFSAPP\",\"OneTime\":false,\"Cf_Region\":\"north\",\"LastModified\":\""
                + day + "T10:15:" + (10 + i % 50) + "Z\",\"Lines\":[" + line(1, "Steel, cut", first, first / 5) + ","
                + line(2, "Freight", net - first, tax - first / 5) + "]}";
    }

    private static String line(int number, String text, long net, long tax) {
        return "{\"LineNo\":" + number + ",\"Description\":\"" + text + "\",\"PartNo\":\"P-" + number
                + "\",\"NetCurrAmount\":" + money(net) + ",\"VatCode\":\"S20\",\"VatCurrAmount\":" + money(tax) + "}";
    }

    private static String money(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    static RecordMapping<Invoice> mapping() {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("sample.invoices", Settings.of("mapping", Map.of()));
        Field<String> id = rules.required("key", "InvoiceId", Conversions.id());
        Field<String> number = rules.required("number", "InvoiceNo", Conversions.id());
        Field<String> company = rules.required("company", "Company", Conversions.id());
        Field<String> customer = rules.required("customer", "Identity", Conversions.id());
        Field<LocalDate> issuedOn = rules.field("issuedOn", "InvoiceDate", Conversions.date());
        Field<LocalDate> dueOn = rules.field("dueOn", "DueDate", Conversions.date());
        Field<String> currency = rules.required("currency", "Currency", Conversions.currency());
        Field<BigDecimal> net = rules.required("net", "NetCurrAmount", Conversions.decimal());
        Field<BigDecimal> tax = rules.required("tax", "VatCurrAmount", Conversions.decimal());
        Field<BigDecimal> total = rules.required("total", "GrossCurrAmount", Conversions.decimal());
        Field<String> memo = rules.field("memo", "Note", Conversions.text());
        Field<String> region = rules.field("region", "Cf_Region", Conversions.text());
        Field<List<Line>> lines = rules.list("lines", "Lines", lines());
        rules.alsoRead("@odata.etag").alsoRead("LastModified");
        return rules.build(values -> {
            String code = currency.of(values);
            return Invoice.builder()
                    .key(new RecordKey("erp", "invoices", id.of(values)))
                    .number(number.of(values))
                    .company(company.of(values))
                    .customer(new RecordKey("erp", "customers", customer.of(values)))
                    .issuedOn(issuedOn.orNull(values))
                    .dueOn(dueOn.orNull(values))
                    .net(new Money(net.of(values), code))
                    .tax(new Money(tax.of(values), code))
                    .total(new Money(total.of(values), code))
                    .memo(memo.orNull(values))
                    .lines(items(lines.of(values), code))
                    .status(Invoice.Status.OPEN)
                    .attributes(Attributes.of(Map.of("region", region.or(values, "-"))))
                    .build();
        });
    }

    private static List<LineItem> items(List<Line> lines, String currency) {
        var items = new ArrayList<LineItem>(lines.size());
        for (Line line : lines) {
            items.add(line.item(currency));
        }
        return items;
    }

    private record Line(String number, String text, String product, String taxCode, BigDecimal net, BigDecimal tax) {

        LineItem item(String currency) {
            return new LineItem(
                    number,
                    text,
                    null,
                    null,
                    null,
                    new Money(net, currency),
                    new LineTax(taxCode, null, new Money(tax, currency)),
                    product,
                    null,
                    null);
        }
    }

    private static RecordMapping<Line> lines() {
        RecordMapping.Rules<Line> rules = RecordMapping.named("sample.lines", Settings.of("mapping", Map.of()));
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

    static WriteMapping<Invoice> form() {
        return WriteMapping.<Invoice>named("sample.form", Settings.of("mapping", Map.of()))
                .rule("customer", "customer", it -> it.customer().id())
                .rule("currency", "total", it -> it.total().currency())
                .rule(
                        "amount",
                        "total",
                        it -> it.total().amount().movePointRight(2).longValueExact())
                .rule("due_date", "dueOn", SampleInvoices::dueAt)
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

    private static Object dueAt(Invoice invoice) {
        LocalDate due = invoice.dueOn();
        return due == null ? "" : due.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
