package io.mlconnector.examples;

import io.mlconnector.testkit.ifs.IfsPayablesData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Files as Stampli would export them, about the suppliers, accounts and cost centres of an IFS Cloud. */
final class StampliExports {

    private static final String HEADER =
            "company_id,invoice_id,revision,transaction_type,status,invoice_number,vendor_id,"
                    + "vendor_name,invoice_date,due_date,currency,net_amount,tax_amount,total_amount,po_number,memo,approver,"
                    + "approved_at,exported_at,line_number,line_type,description,gl_account,cost_center,line_net,tax_code,line_tax";

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final IfsPayablesData data;
    private final LocalDate today;

    StampliExports(IfsPayablesData data, LocalDate today) {
        this.data = data;
        this.today = today;
    }

    static String path(String entity, int number, String ending) {
        return "/outbound/%1$s/%1$s_ACME_20260305T140000Z_%2$06d.%3$s".formatted(entity, number, ending);
    }

    static String number(int invoice) {
        return "00-%05d".formatted(invoice);
    }

    static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    String vendors() {
        var rows = new ArrayList<String>();
        rows.add("company_id,vendor_id,name,status,currency,email,country,address1,city,postal_code,updated_at");
        for (IfsPayablesData.Supplier supplier : data.suppliers()) {
            rows.add(String.join(
                    ",",
                    "10",
                    supplier.id(),
                    quoted(supplier.name()),
                    "ACTIVE",
                    supplier.currency(),
                    "ar@" + supplier.id().toLowerCase(Locale.ROOT) + ".example",
                    supplier.country(),
                    "Quay Street 1",
                    "Berlin",
                    "10115",
                    "2026-03-01T00:00:00Z"));
        }
        return String.join("\n", rows) + "\n";
    }

    String orders() {
        var rows = new ArrayList<String>();
        rows.add(
                "company_id,po_number,vendor_id,status,order_date,currency,total_amount,line_number,description,quantity,"
                        + "unit_price,line_amount,gl_account");
        for (IfsPayablesData.PurchaseOrder order : data.purchaseOrders()) {
            rows.add(String.join(
                    ",",
                    order.company(),
                    order.number(),
                    order.supplier().id(),
                    "released",
                    today.minusDays(30).toString(),
                    order.supplier().currency(),
                    "100.00,1,Parts,10,10.00,100.00",
                    data.accounts().get(0)));
        }
        return String.join("\n", rows) + "\n";
    }

    /** A CSV file of approved invoices with two lines each. */
    String csv(int from, int to) {
        return csv(IntStream.range(from, to).mapToObj(this::rows).toList());
    }

    static String csv(List<String> invoices) {
        return HEADER + "\n" + String.join("", invoices);
    }

    String rows(int invoice) {
        return rows(invoice, "APPROVED", 1, account(invoice));
    }

    String rows(int invoice, String status, int revision, String account) {
        IfsPayablesData.Supplier supplier = supplier(invoice);
        String head = String.join(
                ",",
                "10",
                "inv_" + (90_000 + invoice),
                Integer.toString(revision),
                "BILL",
                status,
                number(invoice),
                supplier.id(),
                quoted(supplier.name()),
                today.minusDays(12).toString(),
                today.plusDays(18).toString(),
                supplier.currency(),
                net(invoice).multiply(TWO).toPlainString(),
                "38.00",
                net(invoice).multiply(TWO).add(new BigDecimal("38.00")).toPlainString(),
                order(invoice),
                quoted("delivery " + invoice + ",\nchecked"),
                "ap.lead@example.test",
                "2026-03-05T14:02:11Z",
                "2026-03-05T14:05:00Z");
        String tail = String.join(",", account, center(invoice), net(invoice).toPlainString(), "V19", "19.00");
        return head + ",1,GL,Parts," + tail + "\n" + head + ",2,FREIGHT,Carriage," + tail + "\n";
    }

    /** The same as XML. */
    String xml(int from, int to) {
        var text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <StampliExport version="1.0" fileId="exp-1" exportedAt="2026-03-05T14:05:00Z">
                """);
        BigDecimal sum = BigDecimal.ZERO;
        for (int invoice = from; invoice < to; invoice++) {
            IfsPayablesData.Supplier supplier = supplier(invoice);
            BigDecimal twice = net(invoice).multiply(TWO);
            BigDecimal total = twice.add(new BigDecimal("38.00"));
            sum = sum.add(total);
            text.append("""
                    <Invoice id="inv_%d" revision="1" type="BILL" status="APPROVED">
                     <CompanyId>10</CompanyId><InvoiceNumber>%s</InvoiceNumber>
                     <Vendor><Id>%s</Id><Name>%s</Name></Vendor><InvoiceDate>%s</InvoiceDate><DueDate>%s</DueDate>
                     <Currency>%s</Currency><NetAmount>%s</NetAmount><TaxAmount>38.00</TaxAmount>
                     <TotalAmount>%s</TotalAmount><PoNumber>%s</PoNumber>
                     <Approval by="ap.lead@example.test" at="2026-03-05T14:02:11Z"/>
                     <Lines>
                    """.formatted(
                            90_000 + invoice,
                            number(invoice),
                            supplier.id(),
                            supplier.name().replace("&", "&amp;"),
                            today.minusDays(12),
                            today.plusDays(18),
                            supplier.currency(),
                            twice.toPlainString(),
                            total.toPlainString(),
                            order(invoice)));
            for (int line = 1; line <= 2; line++) {
                text.append("""
                          <Line number="%d" type="GL"><Description>Parts</Description><GlAccount>%s</GlAccount>
                           <CostCenter>%s</CostCenter><Net>%s</Net><TaxCode>V19</TaxCode><Tax>19.00</Tax></Line>
                        """.formatted(
                        line, account(invoice), center(invoice), net(invoice).toPlainString()));
            }
            text.append(" </Lines></Invoice>\n");
        }
        return text.append("<Trailer invoices=\"%d\" lines=\"%d\" total=\"%s\"/></StampliExport>\n"
                        .formatted(to - from, 2 * (to - from), sum.toPlainString()))
                .toString();
    }

    private String order(int invoice) {
        return data.purchaseOrders().get(invoice % data.purchaseOrders().size()).number();
    }

    private IfsPayablesData.Supplier supplier(int invoice) {
        return data.suppliers().get(invoice % data.suppliers().size());
    }

    private String account(int invoice) {
        return data.accounts().get(invoice % data.accounts().size());
    }

    private String center(int invoice) {
        return data.costCenters().get(invoice % data.costCenters().size());
    }

    /** Half of the net amount; both lines have the same, and 19 % of 100 as tax. */
    private static BigDecimal net(int invoice) {
        return new BigDecimal(10_000 + 7 * invoice).movePointLeft(2);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
