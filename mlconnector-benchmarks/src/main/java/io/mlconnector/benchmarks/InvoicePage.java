package io.mlconnector.benchmarks;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Pages as IFS Cloud writes them: invoices of about 30 fields and 950 bytes with two nested lines. */
final class InvoicePage {

    static final int ROWS = 5000;

    private static final String[] CURRENCIES = {"EUR", "SEK", "USD"};
    private static final String[] COMPANIES = {"10", "20"};
    private static final String[] REGIONS = {"north", "south & west"};

    private InvoicePage() {}

    static byte[] of(int rows) {
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
                + company + "\",\"InvoiceId\":" + i + ",\"SeriesId\":\"CI\",\"InvoiceNo\":\"CI-" + (700_000 + i)
                + "\",\"InvoiceType\":\"CUSTORDDEB\",\"Identity\":\"C" + i % 1000
                + "\",\"PartyType\":\"Customer\",\"Name\":\"Berg & Söhne " + i % 1000 + "\",\"InvoiceDate\":\"" + day
                + "\",\"DueDate\":\"" + day.plusDays(30) + "\",\"Currency\":\"" + CURRENCIES[i % CURRENCIES.length]
                + "\",\"CurrRate\":1.0000,\"NetCurrAmount\":" + money(net) + ",\"VatCurrAmount\":" + money(tax)
                + ",\"GrossCurrAmount\":" + money(net + tax) + ",\"OpenAmount\":" + money(net)
                + ",\"PayTermId\":\"30\",\"CustomerPo\":\"PO-" + i
                + "\",\"Note\":null,\"VoucherType\":\"F\",\"VoucherNo\":" + (2_026_000_000L + i)
                + ",\"VoucherDate\":\"" + day
                + "\",\"DeliveryCountry\":\"DE\",\"CreatedBy\":\"IFSAPP\",\"OneTime\":false,\"Cf_Region\":\""
                + REGIONS[i % REGIONS.length] + "\",\"LastModified\":\"" + day + "T10:15:" + (10 + i % 50)
                + "Z\",\"Lines\":[" + line(1, "Steel, cut", first, first / 5) + ","
                + line(2, "Freight", net - first, tax - first / 5) + "]}";
    }

    private static String line(int number, String text, long net, long tax) {
        return "{\"LineNo\":" + number + ",\"Description\":\"" + text + "\",\"PartNo\":\"P-" + number
                + "\",\"NetCurrAmount\":" + money(net) + ",\"VatCode\":\"S20\",\"VatCurrAmount\":" + money(tax) + "}";
    }

    private static String money(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
