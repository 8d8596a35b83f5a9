package io.mlconnector.testkit.cloudsuite;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Customers and invoices of an invented company, the same for the same seed. For one thread. */
public final class CloudSuiteDemoData {

    private static final List<String> FIRST = List.of("Northwind", "Hafen", "Alder", "Copper", "Blue Sky", "Granit");
    private static final List<String> SECOND = List.of("Cycles", "Logistik", "Foods", "Textiles", "Tools", "Energy");
    private static final List<String> COUNTRIES = List.of("GB", "DE", "SE", "FR", "NL");
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "SEK", "GBP", "JPY");
    private static final List<Integer> TAXES = List.of(0, 20, 25);

    private final Random random;
    private final CloudSuiteSandbox sandbox;
    private final List<String> customers = new ArrayList<>();
    private final List<String> invoices = new ArrayList<>();
    private final LocalDate today;

    private CloudSuiteDemoData(long seed, CloudSuiteSandbox sandbox) {
        this.random = new Random(seed);
        this.sandbox = sandbox;
        this.today = sandbox.now().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * Makes data from a seed and puts it into a sandbox.
     *
     * @param seed the seed
     * @param sandbox an empty sandbox
     * @param customers how many customers, at least 1
     * @param invoices how many invoices
     * @return the data
     */
    public static CloudSuiteDemoData load(long seed, CloudSuiteSandbox sandbox, int customers, int invoices) {
        var data = new CloudSuiteDemoData(seed, sandbox);
        for (int number = 1; number <= customers; number++) {
            data.customer(number);
        }
        for (int number = 1; number <= invoices; number++) {
            data.invoice(number);
        }
        return data;
    }

    private void customer(int number) {
        String id = String.format(Locale.ROOT, "C%07d", number);
        customers.add(id);
        String country = pick(COUNTRIES);
        sandbox.customer(
                id,
                "CUNM",
                pick(FIRST) + " " + pick(SECOND) + " " + number,
                "CUA1",
                (1 + random.nextInt(99)) + " Mill Lane",
                "CSCD",
                country,
                "MAIL",
                "ap" + number + "@customer.example",
                "PHNO",
                "+44113" + String.format(Locale.ROOT, "%07d", number),
                "CUCD",
                "EUR",
                "TEPY",
                "030");
    }

    private void invoice(int number) {
        String currency = pick(CURRENCIES);
        int decimals = currency.equals("JPY") ? 0 : 2;
        BigDecimal rate = BigDecimal.valueOf(pick(TAXES));
        var lines = new ArrayList<Map<String, String>>();
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (int line = 1; line <= 1 + random.nextInt(3); line++) {
            BigDecimal amount = BigDecimal.valueOf(2_000 + random.nextInt(90_000), decimals);
            BigDecimal part = amount.multiply(rate).divide(BigDecimal.valueOf(100), decimals, RoundingMode.HALF_UP);
            net = net.add(amount);
            tax = tax.add(part);
            lines.add(Map.of(
                    "IVRF", Integer.toString(line),
                    "ORNO", String.format(Locale.ROOT, "%010d", number),
                    "AMT2", amount.toPlainString(),
                    "VTAM", part.toPlainString(),
                    "VTP1", rate.toPlainString()));
        }
        String customer = pick(customers);
        String id = Integer.toString(100_000_000 + number);
        LocalDate issued = today.minusDays(random.nextInt(20));
        invoices.add(customer + " " + id + " " + issued.getYear());
        sandbox.invoice(
                customer,
                id,
                issued.getYear(),
                lines,
                "CUCD",
                currency,
                "DCAM",
                Integer.toString(decimals),
                "CUAM",
                net.add(tax).toPlainString(),
                "VTAM",
                tax.toPlainString(),
                "IVDT",
                Books.date(issued),
                "DUDT",
                Books.date(today.plusDays(30L + random.nextInt(30))));
    }

    private <V> V pick(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }

    /**
     * Changes the telephone number of some customers.
     *
     * @param count how many; all if there are fewer
     * @return how many were changed
     */
    public int editCustomers(int count) {
        List<String> edited = customers.stream().limit(count).toList();
        edited.forEach(id -> sandbox.customer(id, "PHNO", "+46" + (10_000_000 + random.nextInt(80_000_000))));
        return edited.size();
    }

    /**
     * Gives customers more time to pay some invoices.
     *
     * @param count how many; all if there are fewer
     * @return how many were changed
     */
    public int editInvoices(int count) {
        List<String> edited = invoices.stream().limit(count).toList();
        for (String invoice : edited) {
            List<String> parts = List.of(invoice.split(" ", -1));
            String due = Books.date(today.plusDays(70));
            sandbox.invoice(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)), "DUDT", due);
        }
        return edited.size();
    }
}
