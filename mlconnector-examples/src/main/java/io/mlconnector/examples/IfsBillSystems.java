package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.engine.Tally;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.ifs.IfsPayablesData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** IFS Cloud and BILL. */
final class IfsBillSystems implements StagedSystems {

    private static final int VENDORS = 60;
    private static final int BILLS = 500;
    private static final String COMPANY = "10";
    private static final String SUPPLIERS = "SupplierInfoGeneralSet";
    private static final String INVOICES = "PostingProposalHeadSet";
    private static final String LINES = "PostingProposalRowSet";
    private static final long FIRST_INVOICE = 810_001;

    private final IfsSandbox ifs = IfsSandbox.start();
    private final BillSandbox bill = BillSandbox.start();
    private final IfsPayablesData data;
    private final int bills;
    private final Map<String, String> expectedStatus = new TreeMap<>();

    IfsBillSystems() {
        this(VENDORS, BILLS);
    }

    IfsBillSystems(int vendors, int bills) {
        this.bills = bills;
        LocalDate today = LocalDate.ofInstant(ifs.serverTime(), ZoneOffset.UTC);
        data = IfsPayablesData.seeded(2026, today, vendors);
        data.loadInto(ifs);
        for (int number = 0; number < bills; number++) {
            enterInvoice(number, today);
        }
        data.accounts().forEach(account -> bill.addAccount(account, "Account " + account));
        bill.addAccount(IfsPayablesData.TAX_ACCOUNT, "Input tax");
        data.costCenters().forEach(center -> bill.addClassification("departments", center, "Cost centre " + center));
    }

    private void enterInvoice(int number, LocalDate today) {
        IfsPayablesData.Supplier supplier =
                data.suppliers().get(number % data.suppliers().size());
        BigDecimal net = new BigDecimal(1_000 + 7 * number).movePointLeft(1).setScale(2);
        BigDecimal tax = new BigDecimal("19.00");
        var head = new HashMap<String, Object>();
        head.put("Company", COMPANY);
        head.put("InvoiceId", FIRST_INVOICE + number);
        head.put("ProposalId", 1);
        head.put("Identity", supplier.id());
        head.put("SeriesId", "SI");
        head.put("InvoiceNo", "NB-" + (30_000 + number));
        head.put("InvoiceDate", today.minusDays(10));
        head.put("DueDate", today.plusDays(20 + number % 10));
        head.put("Currency", supplier.currency());
        head.put("NetAmount", net.add(net));
        head.put("VatAmount", tax.add(tax));
        head.put("GrossAmount", net.add(net).add(tax).add(tax));
        head.put("PoRefNumber", "PO-" + (5_500 + number % data.suppliers().size()));
        head.put("Objstate", "Posted");
        ifs.put(INVOICES, head);
        for (int line = 1; line <= 2; line++) {
            var row = new HashMap<String, Object>();
            row.put("Company", COMPANY);
            row.put("InvoiceId", FIRST_INVOICE + number);
            row.put("ProposalId", 1);
            row.put("RowNo", line);
            row.put("Text", "Delivery " + number + ", part " + line);
            row.put(
                    "Account",
                    data.accounts().get((number + line) % data.accounts().size()));
            row.put("CodeB", data.costCenters().get(number % data.costCenters().size()));
            row.put("CurrAmount", net);
            row.put("VatCurrAmount", tax);
            row.put("VatCode", "V19");
            ifs.put(LINES, row);
        }
    }

    @Override
    public String name() {
        return "ifs-bill";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "IFS_BASE_URL", ifs.baseUrl().toString(),
                "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                "IFS_CLIENT_ID", ifs.clientId(),
                "IFS_CLIENT_SECRET", ifs.clientSecret(),
                "BILL_BASE_URL", bill.baseUrl().toString(),
                "BILL_USERNAME", BillSandbox.USERNAME,
                "BILL_PASSWORD", bill.password(),
                "BILL_ORGANIZATION_ID", BillSandbox.ORGANIZATION,
                "BILL_DEV_KEY", BillSandbox.DEV_KEY);
    }

    @Override
    public Map<String, Map<Tally, Integer>> expected() {
        return Map.of(
                "vendors", Map.of(Tally.CREATED, data.suppliers().size()),
                "vendors-back", Map.of(Tally.CREATED, 0),
                "bills", Map.of(Tally.CREATED, bills),
                "bill-status", Map.of(Tally.CREATED, bills));
    }

    @Override
    public Map<String, Integer> edit() {
        for (int number = 0; number < 5; number++) {
            ifs.patch(SUPPLIERS, Map.of("SupplierId", supplier(number), "Phone", "+49 30 55501" + number));
        }
        for (int number = 0; number < 10; number++) {
            ifs.patch(INVOICES, invoice(number, Map.of("NoteText", "second delivery")));
        }
        return Map.of("vendors", 5, "bills", 10);
    }

    private String supplier(int number) {
        return data.suppliers().get(number).id();
    }

    private static Map<String, Object> invoice(int number, Map<String, Object> changes) {
        var row = new HashMap<>(changes);
        row.put("Company", COMPANY);
        row.put("InvoiceId", FIRST_INVOICE + number);
        row.put("ProposalId", 1);
        return row;
    }

    @Override
    public List<Stage> stages() {
        return List.of(
                new Stage("entered", this::enter, this::vendorsAgree),
                new Stage("paid", this::pay, this::statusesAgree),
                new Stage("voided", this::voidOne, this::statusesAgree),
                new Stage("both sides", this::editBoth, List::of),
                new Stage("converged", () -> "nothing happens", this::bothAgree),
                new Stage("silent", () -> "nothing happens", this::bothAgree));
    }

    private String enter() {
        for (int number = 1; number <= 3; number++) {
            bill.enterVendor("Entered at BILL " + number, "USD");
        }
        return "three vendors are entered at BILL";
    }

    private String pay() {
        int number = 0;
        for (JsonNode each : bill.bills()) {
            String id = each.path("id").asText();
            switch (number++ % 5) {
                case 0 -> {
                    bill.pay(id, null, "CLEARED");
                    expectedStatus.put(id, "PAID");
                }
                case 1 -> {
                    bill.pay(id, "50.00", "CLEARED");
                    expectedStatus.put(id, "PARTIALLY_PAID");
                }
                case 2 -> {
                    bill.pay(id, null, "SCHEDULED");
                    expectedStatus.put(id, "SCHEDULED");
                }
                default -> expectedStatus.put(id, "OPEN");
            }
        }
        return "bills are paid, paid in part and scheduled at BILL";
    }

    private String voidOne() {
        JsonNode cleared = bill.payments().stream()
                .filter(payment -> payment.path("singleStatus").asText().equals("CLEARED"))
                .findFirst()
                .orElseThrow();
        bill.movePayment(cleared.path("id").asText(), "VOIDED");
        expectedStatus.put(cleared.path("billId").asText(), "OPEN");
        return "a payment is voided at BILL";
    }

    /** Other fields of one supplier, the same field of another, and an edit of BILL alone. */
    private String editBoth() {
        String first = vendorOf(supplier(0));
        ifs.patch(SUPPLIERS, Map.of("SupplierId", supplier(0), "Email", "new@ifs.example"));
        bill.changeVendor(first, "phone", "3125550100");
        ifs.patch(SUPPLIERS, Map.of("SupplierId", supplier(1), "Phone", "111"));
        ifs.advance(Duration.ofSeconds(30));
        bill.advance(Duration.ofSeconds(30));
        bill.changeVendor(vendorOf(supplier(1)), "phone", "222");
        bill.changeVendor(vendorOf(supplier(2)), "email", "new@bill.example");
        return "suppliers are edited on both sides, one of them in the same field";
    }

    private String vendorOf(String supplier) {
        return bill.vendors().stream()
                .filter(vendor -> vendor.path("shortName")
                        .asText(vendor.path("id").asText())
                        .equals(supplier))
                .map(vendor -> vendor.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private List<String> bothAgree() {
        var faults = new ArrayList<>(vendorsAgree());
        faults.addAll(statusesAgree());
        Map<String, String> won = Map.of(
                "Email of the first",
                        ifs.row(SUPPLIERS, supplier(0)).orElseThrow().text("Email"),
                "Phone of the first",
                        ifs.row(SUPPLIERS, supplier(0)).orElseThrow().text("Phone"),
                "Phone of the second",
                        ifs.row(SUPPLIERS, supplier(1)).orElseThrow().text("Phone"),
                "Email of the third",
                        ifs.row(SUPPLIERS, supplier(2)).orElseThrow().text("Email"));
        Map<String, String> wanted = Map.of(
                "Email of the first", "new@ifs.example",
                "Phone of the first", "3125550100",
                "Phone of the second", "222",
                "Email of the third", "new@bill.example");
        if (!won.equals(wanted)) {
            faults.add("the edits of both sides came to " + new TreeMap<>(won));
        }
        return faults;
    }

    private List<String> vendorsAgree() {
        var faults = new ArrayList<String>();
        for (IfsRow supplier : ifs.rows(SUPPLIERS)) {
            String id = supplier.text("SupplierId");
            JsonNode vendor = bill.vendors().stream()
                    .filter(it ->
                            it.path("shortName").asText(it.path("id").asText()).equals(id))
                    .findFirst()
                    .orElse(null);
            if (vendor == null) {
                faults.add("supplier " + id + " is no vendor at BILL");
                continue;
            }
            Map.of("Name", "name", "Email", "email", "Phone", "phone").forEach((column, field) -> {
                String here = supplier.has(column) ? supplier.text(column) : "";
                if (!here.equals(vendor.path(field).asText(""))) {
                    faults.add(column + " of supplier " + id + " is '" + here + "' at IFS and '"
                            + vendor.path(field).asText("") + "' at BILL");
                }
            });
        }
        if (ifs.rows(SUPPLIERS).size() != bill.vendors().size()) {
            faults.add(ifs.rows(SUPPLIERS).size() + " suppliers, but "
                    + bill.vendors().size() + " vendors");
        }
        return faults;
    }

    private List<String> statusesAgree() {
        var faults = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (IfsRow invoice : ifs.rows(INVOICES)) {
            String id = invoice.has("Cf_Bill_Id") ? invoice.text("Cf_Bill_Id") : "";
            String status = invoice.has("Cf_Bill_Status") ? invoice.text("Cf_Bill_Status") : "none";
            if (!status.equals(expectedStatus.get(id)) || !seen.add(id)) {
                faults.add("invoice " + invoice.text("InvoiceNo") + " shows " + status + " of bill '" + id
                        + "', and not " + expectedStatus.get(id));
            }
        }
        return faults;
    }

    @Override
    public TargetCount count() {
        var numbers = new HashSet<String>();
        int doubledVendors = 0;
        for (JsonNode vendor : bill.vendors()) {
            doubledVendors += numbers.add(
                            vendor.path("shortName").asText(vendor.path("id").asText()))
                    ? 0
                    : 1;
        }
        var billNumbers = new HashSet<String>();
        bill.bills()
                .forEach(each -> billNumbers.add(
                        each.path("invoice").path("invoiceNumber").asText()));
        int missing = 0;
        for (IfsRow supplier : ifs.rows(SUPPLIERS)) {
            missing += numbers.contains(supplier.text("SupplierId")) ? 0 : 1;
        }
        for (IfsRow invoice : ifs.rows(INVOICES)) {
            missing += billNumbers.contains(invoice.text("InvoiceNo")) ? 0 : 1;
        }
        return new TargetCount(
                bill.vendors().size() + bill.bills().size(), doubledVendors + bill.doubledBills(), missing);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (int number = 0; number < 3; number++) {
            samples.add(sample(ifs.rows(INVOICES).get(number)));
        }
        return samples;
    }

    private Sample sample(IfsRow invoice) {
        JsonNode there = bill.bills().stream()
                .filter(each ->
                        each.path("invoice").path("invoiceNumber").asText().equals(invoice.text("InvoiceNo")))
                .findFirst()
                .orElseThrow();
        return new Sample(
                "IFS Cloud supplier invoice " + invoice.text("InvoiceNo") + "  ->  BILL "
                        + there.path("id").asText(),
                List.of(
                        new String[] {
                            "supplier",
                            invoice.text("Identity"),
                            there.path("vendorName").asText()
                        },
                        new String[] {
                            "total",
                            invoice.decimal("GrossAmount") + " " + invoice.text("Currency"),
                            there.path("amount").asText()
                        },
                        new String[] {
                            "order",
                            invoice.text("PoRefNumber"),
                            there.path("purchaseOrderNumber").asText()
                        },
                        new String[] {
                            "status",
                            invoice.text("Cf_Bill_Status"),
                            there.path("paymentStatus").asText()
                        }));
    }

    @Override
    public void close() {
        bill.close();
        ifs.close();
    }
}
