package io.mlconnector.testkit.cloudsuite;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a company: customers, invoices, batches of payments, and the general ledger. Guarded by its sandbox. */
final class Books {

    static final String RECEIVABLES = "1510";
    static final String REVENUE = "3010";
    static final String TAX = "2610";
    static final String CLEARING = "1930";
    static final String FEES = "6570";

    /** A batch of payments. */
    static final class Batch {
        final Map<String, String> head;
        final List<Map<String, String>> lines = new ArrayList<>();
        final List<Map<String, String>> charges = new ArrayList<>();
        String status = "2";

        Batch(Map<String, String> head) {
            this.head = head;
        }
    }

    final TreeMap<String, Map<String, String>> customers = new TreeMap<>();
    final Map<String, Map<String, String>> invoices = new LinkedHashMap<>();
    final Map<String, List<Map<String, String>>> lines = new LinkedHashMap<>();
    final Map<String, Map<String, String>> identities = new LinkedHashMap<>();
    final Map<String, Batch> batches = new LinkedHashMap<>();
    final List<Map<String, String>> vouchers = new ArrayList<>();

    private final InstantSource clock;
    private int lastVoucher = 30_000_000;

    Books(InstantSource clock) {
        this.clock = clock;
        for (String account : List.of(RECEIVABLES, REVENUE, TAX, CLEARING, FEES)) {
            identity("1", account, Map.of());
        }
    }

    long now() {
        return clock.instant().toEpochMilli();
    }

    String today() {
        return date(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
    }

    static String date(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    void identity(String dimension, String value, Map<String, String> fields) {
        var row = new LinkedHashMap<String, String>(Map.of("AITP", dimension, "AITM", value, "LCCD", "0"));
        row.putAll(fields);
        identities.put(dimension + "|" + value, row);
    }

    static String invoiceKey(Map<String, String> fields) {
        return String.join(
                "|",
                fields.getOrDefault("PYNO", fields.getOrDefault("CUNO", "")),
                fields.getOrDefault("CUNO", ""),
                fields.getOrDefault("CINO", ""),
                fields.getOrDefault("INYR", ""));
    }

    /** Enters an invoice with its lines into the customer ledger and the general ledger. */
    void enter(Map<String, String> head, List<Map<String, String>> items) {
        var invoice = new LinkedHashMap<String, String>();
        String year = head.getOrDefault("IVDT", today()).substring(0, 4);
        invoice.put("DIVI", "AAA");
        invoice.put("PYNO", head.getOrDefault("CUNO", ""));
        invoice.put("INYR", year);
        invoice.put("YEA4", year);
        invoice.put("TRCD", "10");
        invoice.put("DCAM", "2");
        invoice.put("VTAM", "0.00");
        invoice.put("IVDT", today());
        invoice.put("DUDT", today());
        invoice.put("TEPY", "030");
        invoice.put("LOCD", "EUR");
        invoice.put("RECO", "0");
        invoice.putAll(head);
        invoice.putIfAbsent("OCUA", head.getOrDefault("CUAM", "0"));
        invoice.put("PCUA", "0.00");
        invoice.put("VONO", Integer.toString(++lastVoucher));
        invoice.put("LMTS", Long.toString(now()));
        String key = invoiceKey(invoice);
        boolean known = invoices.containsKey(key);
        invoices.put(key, invoice);
        lines.put(invoice.get("INYR") + "|" + invoice.get("CINO"), new ArrayList<>(items));
        if (known) {
            return;
        }
        BigDecimal total = new BigDecimal(invoice.getOrDefault("CUAM", "0"));
        BigDecimal tax = new BigDecimal(invoice.getOrDefault("VTAM", "0"));
        book(invoice, Map.of("AIT1", RECEIVABLES), total, "");
        BigDecimal left = total.subtract(tax);
        for (Map<String, String> item : items) {
            BigDecimal net = new BigDecimal(item.getOrDefault("AMT2", "0"));
            book(invoice, Map.of("AIT1", REVENUE), net.negate(), "");
            left = left.subtract(net);
        }
        if (left.signum() != 0) {
            book(invoice, Map.of("AIT1", REVENUE), left.negate(), "");
        }
        if (tax.signum() != 0) {
            book(invoice, Map.of("AIT1", TAX), tax.negate(), "");
        }
    }

    private void book(Map<String, String> voucher, Map<String, String> account, BigDecimal amount, String text) {
        var line = new LinkedHashMap<String, String>();
        line.put("DIVI", voucher.getOrDefault("DIVI", "AAA"));
        line.put("YEA4", voucher.getOrDefault("YEA4", ""));
        line.put("VONO", voucher.getOrDefault("VONO", ""));
        line.put("CUCD", voucher.getOrDefault("CUCD", ""));
        line.put("CUAM", amount.toPlainString());
        BigDecimal rate = new BigDecimal(voucher.getOrDefault("ARAT", "1"));
        line.put("ACAM", amount.multiply(rate).setScale(2, RoundingMode.HALF_UP).toPlainString());
        line.put("DBCR", amount.signum() < 0 ? "C" : "D");
        line.put("VTXT", text);
        line.putAll(account);
        vouchers.add(line);
    }

    static Map<String, String> account(Map<String, String> fields, String otherwise) {
        var account = new LinkedHashMap<String, String>();
        for (int dimension = 1; dimension <= 7; dimension++) {
            String value = fields.get("AIT" + dimension);
            if (value != null) {
                account.put("AIT" + dimension, value);
            }
        }
        account.putIfAbsent("AIT1", otherwise);
        return account;
    }

    /** What the update of ARS040 does: the payment reaches the customer ledger and the general ledger. */
    void update(Batch batch) {
        batch.status = "9";
        Map<String, String> clearing = Map.of("AIT1", CLEARING);
        for (Map<String, String> line : batch.lines) {
            var voucher = new LinkedHashMap<>(line);
            voucher.put("YEA4", batch.head.getOrDefault("ACDT", today()).substring(0, 4));
            voucher.put("VONO", Integer.toString(++lastVoucher));
            BigDecimal amount = new BigDecimal(line.getOrDefault("PYAM", "0"));
            clearing = account(line, CLEARING);
            book(voucher, clearing, amount, line.getOrDefault("IRNO", ""));
            book(voucher, Map.of("AIT1", RECEIVABLES), amount.negate(), line.getOrDefault("IRNO", ""));
            pay(line, amount);
        }
        for (Map<String, String> charge : batch.charges) {
            var voucher = new LinkedHashMap<>(charge);
            voucher.putIfAbsent(
                    "CUCD", batch.lines.isEmpty() ? "" : batch.lines.get(0).getOrDefault("CUCD", ""));
            voucher.put("YEA4", batch.head.getOrDefault("ACDT", today()).substring(0, 4));
            voucher.put("VONO", Integer.toString(++lastVoucher));
            BigDecimal amount = new BigDecimal(charge.getOrDefault("CHAM", "0"));
            book(voucher, account(charge, FEES), amount, charge.getOrDefault("CHRI", ""));
            book(voucher, clearing, amount.negate(), charge.getOrDefault("CHRI", ""));
        }
    }

    private void pay(Map<String, String> line, BigDecimal amount) {
        Map<String, String> invoice = invoices.get(invoiceKey(line));
        if (invoice == null) {
            return; // on account
        }
        BigDecimal open = new BigDecimal(invoice.getOrDefault("OCUA", "0")).subtract(amount);
        BigDecimal paid = new BigDecimal(invoice.getOrDefault("PCUA", "0")).add(amount);
        invoice.put("OCUA", open.toPlainString());
        invoice.put("PCUA", paid.toPlainString());
        invoice.put("RECO", open.signum() == 0 ? "9" : "0");
        invoice.put("LMTS", Long.toString(now()));
    }
}
