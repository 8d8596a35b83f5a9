package io.mlconnector.testkit.syspro;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Made-up customers and invoices of a distributor in South Africa: padded keys, a local currency with a code of the site's own, foreign
 * invoices whose lines are in the local currency, freight, and invoices without lines. The same seed makes the same data. Not
 * safe for threads.
 */
public final class SysproDemoData {

    private static final String[] NAMES = {
        "Karoo Pumps (Pty) Ltd",
        "Café Müller & Söhne",
        "O'Brien Valves",
        "Table Bay Marine",
        "Élan Équipements SA",
        "Drakensberg Mining <West>",
        "Smith & Sons",
        "Señor Motores"
    };

    private static final String[][] PLACES = {
        {"R", "South Africa", "Cape Town", "8001", "4123456789"},
        {"R", "South Africa", "Durban", "4001", "4987654321"},
        {"EUR", "Germany", "Köln", "50667", "DE123456789"},
        {"$", "USA", "Houston", "77002", "12-3456789"},
        {"JPY", "Japan", "Osaka", "530-0001", ""}
    };

    private static final Map<String, String> RATES = Map.of("R", "1", "EUR", "20", "$", "18", "JPY", "0.125");

    private final Random random;
    private final LocalDate today;
    private final List<Map<String, Object>> customers = new ArrayList<>();
    private final List<Map<String, Object>> invoices = new ArrayList<>();
    private final List<Map<String, Object>> lines = new ArrayList<>();

    private SysproDemoData(long seed, LocalDate today) {
        this.random = new Random(seed);
        this.today = today;
    }

    /**
     * Makes data from a seed.
     *
     * @param seed the seed
     * @param today the newest date of an invoice
     * @param customerCount how many customers, at least 1
     * @param invoiceCount how many invoices
     * @return the data, not loaded yet
     */
    public static SysproDemoData seeded(long seed, LocalDate today, int customerCount, int invoiceCount) {
        var data = new SysproDemoData(seed, requireNonNull(today, "today"));
        for (int number = 1; number <= customerCount; number++) {
            data.customers.add(data.customer(number));
        }
        for (int number = 1; number <= invoiceCount; number++) {
            data.invoice(number);
        }
        return data;
    }

    /**
     * Puts everything into a sandbox.
     *
     * @param sandbox a running sandbox
     */
    public void loadInto(SysproSandbox sandbox) {
        customers.forEach(row -> sandbox.put("ArCustomer", row));
        lines.forEach(row -> sandbox.put("ArTrnDetail", row));
        invoices.forEach(row -> sandbox.put("ArInvoice", row));
    }

    private Map<String, Object> customer(int number) {
        String[] place = PLACES[random.nextInt(PLACES.length)];
        var row = new LinkedHashMap<String, Object>();
        row.put("Customer", padded(number));
        row.put("Name", NAMES[random.nextInt(NAMES.length)] + " " + number);
        row.put("Email", "accounts" + number + "@example.com");
        row.put("Telephone", "+27 21 555 " + String.format(Locale.ROOT, "%04d", number % 10_000));
        row.put("SoldToAddr1", (1 + random.nextInt(200)) + " Long Street");
        row.put("SoldToAddr2", "");
        row.put("SoldToAddr3", place[2]);
        row.put("SoldToAddr5", place[1]);
        row.put("SoldPostalCode", place[3]);
        row.put("CompanyTaxNumber", place[4]);
        row.put("Currency", place[0]);
        row.put("TermsCode", random.nextBoolean() ? "30" : "CC");
        return row;
    }

    private void invoice(int number) {
        Map<String, Object> customer = customers.get(random.nextInt(customers.size()));
        String currency = text(customer, "Currency");
        boolean entered = random.nextInt(20) == 0; // by hand, without lines
        int count = 1 + random.nextInt(4);
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (int line = 1; line <= count; line++) {
            BigDecimal posted = amount(currency);
            BigDecimal vat = taxOf(posted, currency);
            net = net.add(posted);
            tax = tax.add(vat);
            if (!entered) {
                line(number, line, customer, posted, vat, line == count && count > 2);
            }
        }
        var row = new LinkedHashMap<String, Object>();
        row.put("Customer", customer.get("Customer"));
        row.put("Invoice", padded(100_000 + number));
        row.put("DocumentType", "I");
        row.put("InvoiceDate", today.minusDays(random.nextInt(30)));
        row.put("TermsCode", customer.get("TermsCode"));
        row.put("PostCurrency", currency);
        row.put("CurrencyValue", net.add(tax));
        row.put("InvoiceBal1", net.add(tax));
        row.put("TaxPortion", tax);
        row.put("SalesOrder", entered ? "" : padded(4_000 + number));
        row.put("CustomerPoNumber", "PO-" + number);
        invoices.add(row);
    }

    private BigDecimal amount(String currency) {
        int cents = 2_000 + random.nextInt(400_000);
        return currency.equals("JPY") ? BigDecimal.valueOf(cents) : BigDecimal.valueOf(cents, 2);
    }

    /** SYSPRO works taxes out line by line. */
    private static BigDecimal taxOf(BigDecimal net, String currency) {
        return net.multiply(new BigDecimal("0.15")).setScale(currency.equals("JPY") ? 0 : 2, RoundingMode.HALF_UP);
    }

    private void line(
            int number, int line, Map<String, Object> customer, BigDecimal posted, BigDecimal vat, boolean freight) {
        BigDecimal rate = new BigDecimal(requireNonNull(RATES.get(text(customer, "Currency"))));
        var row = new LinkedHashMap<String, Object>();
        row.put("TrnYear", "2026");
        row.put("TrnMonth", "03");
        row.put("Register", "00017");
        row.put("Invoice", padded(100_000 + number));
        row.put("SummaryLine", "00001");
        row.put("DetailLine", String.format(Locale.ROOT, "%05d", line));
        row.put("Customer", customer.get("Customer"));
        row.put("DocumentType", "I");
        row.put("StockCode", freight ? "" : "B" + (100 + random.nextInt(900)));
        row.put("LineType", freight ? "4" : "1");
        row.put("TaxCode", "A");
        row.put("QtyInvoiced", freight ? "0" : String.valueOf(1 + random.nextInt(12)));
        row.put("NetSalesValue", posted.multiply(rate).setScale(2, RoundingMode.HALF_UP));
        row.put("TaxValue", vat.multiply(rate).setScale(2, RoundingMode.HALF_UP));
        row.put("PostValue", posted);
        row.put("SalesOrder", padded(4_000 + number));
        lines.add(row);
    }

    /**
     * Changes name and phone of some customers.
     *
     * @param sandbox a sandbox that the data was loaded into
     * @param count how many; all if there are fewer
     * @return how many were changed
     */
    public int editCustomers(SysproSandbox sandbox, int count) {
        int changed = Math.min(count, customers.size());
        for (int at = 0; at < changed; at++) {
            Map<String, Object> row = customers.get(at);
            row.put("Name", row.get("Name") + " Holdings");
            row.put("CompanyTaxNumber", "");
            sandbox.put("ArCustomer", row);
        }
        return changed;
    }

    /**
     * Adjusts some invoices that have lines: the last line costs more.
     *
     * @param sandbox a sandbox that the data was loaded into
     * @param count how many; all if there are fewer
     * @return how many were changed
     */
    public int editInvoices(SysproSandbox sandbox, int count) {
        int changed = 0;
        for (Map<String, Object> line : lines) {
            if (changed == count || !text(line, "DetailLine").equals("00001")) {
                continue;
            }
            Map<String, Object> invoice = invoices.stream()
                    .filter(row -> text(row, "Invoice").equals(text(line, "Invoice")))
                    .findFirst()
                    .orElseThrow();
            BigDecimal more = new BigDecimal("100");
            BigDecimal rate = new BigDecimal(requireNonNull(RATES.get(text(invoice, "PostCurrency"))));
            line.put("PostValue", amount(line, "PostValue").add(more));
            line.put("NetSalesValue", amount(line, "NetSalesValue").add(more.multiply(rate)));
            invoice.put("CurrencyValue", amount(invoice, "CurrencyValue").add(more));
            invoice.put("InvoiceBal1", amount(invoice, "InvoiceBal1").add(more));
            sandbox.put("ArTrnDetail", line);
            sandbox.put("ArInvoice", invoice);
            changed++;
        }
        return changed;
    }

    private static String text(Map<String, Object> row, String column) {
        return requireNonNull(row.get(column), column).toString();
    }

    private static BigDecimal amount(Map<String, Object> row, String column) {
        return (BigDecimal) requireNonNull(row.get(column), column);
    }

    private static String padded(int number) {
        return String.format(Locale.ROOT, "%015d", number);
    }
}
