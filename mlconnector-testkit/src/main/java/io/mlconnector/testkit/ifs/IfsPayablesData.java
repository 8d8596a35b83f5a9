package io.mlconnector.testkit.ifs;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Made-up companies, suppliers, accounts, cost centres, tax codes, accounting periods and purchase orders: all that supplier
 * invoices refer to. The periods of this month and of the eleven before are open, older ones are closed. The same seed makes
 * the same data. Immutable.
 */
public final class IfsPayablesData {

    /** The companies; their books are in EUR. */
    public static final List<String> COMPANIES = List.of("10", "20");

    /** The account of payables. */
    public static final String PAYABLE_ACCOUNT = "2440";

    /** The account of tax. */
    public static final String TAX_ACCOUNT = "2641";

    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD", "SEK", "GBP");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "US", "SE", "GB");
    private static final List<String> TRADES =
            List.of("Pumps", "Werkzeuge", "Bearings", "Spedition", "Électricité", "Büro & Papier", "O'Neill Steel");

    private final LocalDate today;
    private final List<Supplier> suppliers;
    private final List<String> accounts;
    private final List<String> costCenters;
    private final Map<String, BigDecimal> taxCodes;
    private final List<PurchaseOrder> purchaseOrders;

    /**
     * A supplier.
     *
     * @param id its number
     * @param name its name
     * @param country ISO 3166 code
     * @param currency ISO 4217 code
     */
    public record Supplier(String id, String name, String country, String currency) {}

    /**
     * A purchase order.
     *
     * @param number its number
     * @param supplier whose it is
     * @param company who ordered
     */
    public record PurchaseOrder(String number, Supplier supplier, String company) {}

    private IfsPayablesData(Random random, LocalDate today, int supplierCount) {
        this.today = today;
        this.suppliers = new ArrayList<>();
        this.accounts = new ArrayList<>();
        this.costCenters = new ArrayList<>();
        this.taxCodes = new LinkedHashMap<>();
        this.purchaseOrders = new ArrayList<>();
        for (int number = 1; number <= supplierCount; number++) {
            int country = random.nextInt(COUNTRIES.size());
            String name = TRADES.get(random.nextInt(TRADES.size())) + " " + number + ", Inc.";
            suppliers.add(new Supplier("V" + (1000 + number), name, COUNTRIES.get(country), CURRENCIES.get(country)));
        }
        for (int account = 4010; account <= 4390; account += 10) {
            accounts.add(Integer.toString(account));
        }
        accounts.add("06100"); // zeros in front count
        for (int center = 100; center <= 650; center += 50) {
            costCenters.add("CC-" + center);
        }
        List.of("0", "7", "19", "25").forEach(rate -> taxCodes.put("V" + rate, new BigDecimal(rate)));
        for (int number = 0; number < supplierCount; number++) {
            purchaseOrders.add(new PurchaseOrder("PO-" + (5500 + number), suppliers.get(number), COMPANIES.get(0)));
        }
    }

    /**
     * Makes data from a seed.
     *
     * @param seed the seed
     * @param today in the last open period
     * @param supplierCount how many suppliers, each with one purchase order, at least 1
     * @return the data, not loaded yet
     */
    public static IfsPayablesData seeded(long seed, LocalDate today, int supplierCount) {
        if (supplierCount < 1) {
            throw new IllegalArgumentException("at least one supplier is needed, not " + supplierCount);
        }
        return new IfsPayablesData(new Random(seed), requireNonNull(today, "today"), supplierCount);
    }

    /**
     * Puts everything into those of the {@link IfsEntitySets} that the sandbox serves.
     *
     * @param sandbox a running sandbox
     */
    public void loadInto(IfsSandbox sandbox) {
        for (String company : COMPANIES) {
            sandbox.put(
                    "CompanySet",
                    Map.of("Company", company, "Name", "Acme " + company, "Country", "DE", "CurrencyCode", "EUR"));
            var all = new ArrayList<>(accounts);
            all.add(PAYABLE_ACCOUNT);
            all.add(TAX_ACCOUNT);
            all.forEach(account -> sandbox.put("AccountSet", valid(company, "Account", account, Map.of())));
            costCenters.forEach(center -> sandbox.put("CodeBSet", valid(company, "CodeB", center, Map.of())));
            taxCodes.forEach((code, rate) ->
                    sandbox.put("StatutoryFeeSet", valid(company, "FeeCode", code, Map.of("FeeRate", rate))));
            for (int back = 24; back >= 0; back--) {
                period(sandbox, company, YearMonth.from(today).minusMonths(back), back < 12 ? "Open" : "Closed");
            }
        }
        suppliers.forEach(supplier -> sandbox.put("SupplierInfoGeneralSet", row(sandbox, supplier)));
        purchaseOrders.forEach(order -> sandbox.put(
                "PurchaseOrderSet",
                Map.of(
                        "OrderNo", order.number(),
                        "Company", order.company(),
                        "VendorNo", order.supplier().id(),
                        "CurrencyCode", order.supplier().currency(),
                        "Contract", "DE01",
                        "Objstate", "Released")));
    }

    private static Map<String, Object> row(IfsSandbox sandbox, Supplier supplier) {
        var row = new HashMap<String, Object>(Map.of(
                "SupplierId",
                supplier.id(),
                "Name",
                supplier.name(),
                "Country",
                supplier.country(),
                "CountryCode",
                supplier.country(),
                "CurrencyCode",
                supplier.currency(),
                "PartyType",
                "Supplier",
                "Email",
                "ar@" + supplier.id().toLowerCase(Locale.ROOT) + ".example",
                "Address1",
                "Quay Street 1",
                "ZipCode",
                "10115",
                "City",
                "Berlin"));
        EntitySetDefinition definition = sandbox.sets().stream()
                .filter(set -> set.name().equals("SupplierInfoGeneralSet"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no set SupplierInfoGeneralSet is served"));
        row.keySet().removeIf(column -> !definition.has(column));
        return row;
    }

    private static Map<String, Object> valid(String company, String column, String code, Map<String, Object> more) {
        var row = new HashMap<>(more);
        row.put("Company", company);
        row.put(column, code);
        row.put("Description", column + " " + code);
        row.put("ValidFrom", LocalDate.of(2000, 1, 1));
        row.put("ValidUntil", LocalDate.of(2099, 12, 31));
        return row;
    }

    private static void period(IfsSandbox sandbox, String company, YearMonth month, String status) {
        sandbox.put(
                "AccountingPeriodSet",
                Map.of(
                        "Company", company,
                        "AccountingYear", month.getYear(),
                        "AccountingPeriod", month.getMonthValue(),
                        "DateFrom", month.atDay(1),
                        "DateUntil", month.atEndOfMonth(),
                        "PeriodStatus", status));
    }

    /**
     * Returns the suppliers.
     *
     * @return in order of their numbers
     */
    public List<Supplier> suppliers() {
        return List.copyOf(suppliers);
    }

    /**
     * Returns the accounts that lines may be booked on.
     *
     * @return the codes
     */
    public List<String> accounts() {
        return List.copyOf(accounts);
    }

    /**
     * Returns the cost centres.
     *
     * @return the codes
     */
    public List<String> costCenters() {
        return List.copyOf(costCenters);
    }

    /**
     * Returns the tax codes with their rates in percent.
     *
     * @return code to rate, in order
     */
    public Map<String, BigDecimal> taxCodes() {
        return new LinkedHashMap<>(taxCodes);
    }

    /**
     * Returns the purchase orders.
     *
     * @return one per supplier
     */
    public List<PurchaseOrder> purchaseOrders() {
        return List.copyOf(purchaseOrders);
    }
}
