package io.mlconnector.testkit.cloudsuite;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The programs of a tenant, as far as payments and invoices need them. */
final class Catalogue {

    private static final String ACCOUNT = " AIT1:10 AIT2:10 AIT3:10 AIT4:10 AIT5:10 AIT6:10 AIT7:10";
    private static final String LINE =
            " *TRNO:7 *CINO:15 *INYR:4 *CUNO:10 *PYAM:17 PYNO:10 PYTP:1 CUCD:3 ARAT:13 LPDT:10"
                    + " CKNO:15 CKST:1 IRNO:40" + ACCOUNT;
    private static final String INVOICE = "*PYNO:10 *CINO:15 *INYR:4 *CUNO:10 DIVI:3";

    private final Books books;
    private final boolean listIgnoresTime;
    private final Map<String, Program> programs = new TreeMap<>();

    Catalogue(Books books, boolean apsPrograms, boolean paymentList, boolean listIgnoresTime) {
        this.books = books;
        this.listIgnoresTime = listIgnoresTime;
        programs.put(
                "CRS610MI",
                new Program()
                        .with("LstByNumber", "CONO:3 CUNO:10 LMTS:18", this::customers)
                        .with("GetServerTime", "", in -> List.of(Map.of("LMTS", Long.toString(books.now())))));
        programs.put("ARS200MI", invoices(new Program(), "LstInvByDivi"));
        programs.put("OIS350MI", new Program().with("LstInvLine", "*YEA4:4 *IVNO:9 DIVI:3", this::lines));
        programs.put("GLS200MI", new Program().with("LstVoucherLines", "*DIVI:3 *YEA4:4 *VONO:8", this::vouchers));
        programs.put(
                "ARS040MI",
                new Program()
                        .with("AddBatchHead", "*PBID:10 *BOPE:3 BAAN:10 NADO:20 VONO:8 ACDT:10 BPYS:1", this::addHead)
                        .with("AddBatchLine", "*PBID:10" + LINE, this::addLine)
                        .with("AddBatchCharge", "*PBID:10 *CHAM:17 CHRI:40" + ACCOUNT, this::addCharge)
                        .with("ControlBatch", "*PBID:10", this::controlBatch));
        programs.put("CRS630MI", new Program().with("GetAccountID", "*AITP:1 *AITM:10 DIVI:3", this::identity));
        // what APS110MI really is: it recodes supplier invoices
        Program recode = new Program()
                .with("ApproveInvoice", "*DIVI:3 *SUNO:10 *SINO:24 *INYR:4", in -> List.of())
                .with("ChgAuthorizer", "*DIVI:3 *SUNO:10 *SINO:24 *INYR:4", in -> List.of());
        programs.put("APS110MI", recode);
        if (paymentList) {
            programs.put("CMS100MI", new Program().with("LstMlcPayments", "*IRNO:40", this::payments));
        }
        if (apsPrograms) {
            programs.put(
                    "APS100MI",
                    invoices(new Program(), "LstInvoices").with("LstInvLine", "*YEA4:4 *IVNO:9 DIVI:3", this::lines));
            recode.with("Add", "PBID:10 ACDT:10" + LINE, this::add)
                    .with("AddCharge", "PBID:10 *CHAM:17 CHRI:40 CUCD:3 ACDT:10" + ACCOUNT, this::addAloneCharge)
                    .with("LstPayments", "*IRNO:40", this::payments);
        }
        programs.put(
                "MRS001MI",
                new Program()
                        .with("LstTransactions", "*MINM:10", this::transactions)
                        .with("LstFields", "*MINM:10 *TRNM:15 *TRTP:1", this::fields));
    }

    private Program invoices(Program program, String list) {
        return program.with(list, "FDIV:3 TDIV:3 PYNO:10 CUNO:10 AAC0:1 IVDT:10", this::invoices)
                .with("GetInvTotInfo", INVOICE, this::invoice)
                .with("SearchInvoices", "*SQRY:900", this::search);
    }

    List<Map<String, String>> execute(String program, String transaction, Map<String, String> input) {
        Program found = programs.get(program);
        if (found == null) {
            throw Refusal.noSuchTransaction("Program " + program);
        }
        Program.Transaction work = found.transactions().get(transaction);
        if (work == null) {
            throw Refusal.noSuchTransaction("Transaction " + transaction);
        }
        return work.execute(input);
    }

    private List<Map<String, String>> customers(Map<String, String> in) {
        long since = listIgnoresTime ? 0 : Long.parseLong(in.getOrDefault("LMTS", "0"));
        var rows = new ArrayList<Map<String, String>>();
        books.customers.tailMap(in.getOrDefault("CUNO", ""), true).values().forEach(customer -> {
            if (Long.parseLong(customer.getOrDefault("LMTS", "0")) >= since) {
                var row = new LinkedHashMap<>(customer);
                row.remove("LMTS"); // no list of M3 tells it
                rows.add(row);
            }
        });
        return rows;
    }

    private List<Map<String, String>> invoices(Map<String, String> in) {
        boolean open = in.getOrDefault("AAC0", "0").equals("1");
        String from = in.getOrDefault("IVDT", "");
        String first = in.getOrDefault("FDIV", "");
        String last = in.getOrDefault("TDIV", "ZZZ");
        var rows = new ArrayList<Map<String, String>>();
        for (Map<String, String> invoice : books.invoices.values()) {
            String division = invoice.getOrDefault("DIVI", "");
            boolean within = division.compareTo(first) >= 0 && division.compareTo(last) <= 0;
            boolean paid = invoice.getOrDefault("RECO", "0").equals("9");
            if (within && !(open && paid) && invoice.getOrDefault("IVDT", "").compareTo(from) >= 0) {
                var row = new LinkedHashMap<String, String>();
                for (String column : List.of(
                        "DIVI", "PYNO", "CUNO", "CINO", "INYR", "TRCD", "VONO", "CUAM", "RECO", "IVDT", "DUDT",
                        "PYCD")) {
                    row.put(column, invoice.getOrDefault(column, ""));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private Map<String, String> required(Map<String, String> in) {
        Map<String, String> invoice = books.invoices.get(Books.invoiceKey(in));
        if (invoice == null) {
            throw Refusal.missing("Invoice number " + in.get("CINO"), "CINO");
        }
        return invoice;
    }

    private List<Map<String, String>> invoice(Map<String, String> in) {
        return List.of(required(in));
    }

    /** Knows queries for one number, such as {@code CINO:100}. */
    private List<Map<String, String>> search(Map<String, String> in) {
        String number = in.getOrDefault("SQRY", "").replaceFirst("^CINO:", "");
        return books.invoices.values().stream()
                .filter(invoice -> number.equals(invoice.get("CINO")))
                .toList();
    }

    private List<Map<String, String>> lines(Map<String, String> in) {
        return books.lines.getOrDefault(in.get("YEA4") + "|" + in.get("IVNO"), List.of());
    }

    private List<Map<String, String>> vouchers(Map<String, String> in) {
        return books.vouchers.stream()
                .filter(line -> line.getOrDefault("YEA4", "").equals(in.get("YEA4"))
                        && line.getOrDefault("VONO", "").equals(in.get("VONO")))
                .toList();
    }

    private List<Map<String, String>> identity(Map<String, String> in) {
        Map<String, String> row = books.identities.get(in.get("AITP") + "|" + in.get("AITM"));
        if (row == null) {
            throw Refusal.missing("Accounting identity " + in.get("AITM"), "AITM");
        }
        return List.of(row);
    }

    private List<Map<String, String>> addHead(Map<String, String> in) {
        String id = in.getOrDefault("PBID", "");
        if (books.batches.containsKey(id)) {
            throw Refusal.exists("Batch " + id, "PBID");
        }
        books.batches.put(id, new Books.Batch(in));
        return List.of(Map.of("PBID", id));
    }

    private Books.Batch batch(Map<String, String> in) {
        Books.Batch batch = books.batches.get(in.getOrDefault("PBID", ""));
        if (batch == null) {
            throw Refusal.missing("Batch " + in.get("PBID"), "PBID");
        }
        return batch;
    }

    /** M3 has no key for a line that would keep a second one out. */
    private List<Map<String, String>> addLine(Map<String, String> in) {
        Books.Batch batch = batch(in);
        batch.lines.add(checked(in));
        batch.status = "2";
        return List.of();
    }

    private Map<String, String> checked(Map<String, String> in) {
        boolean onAccount = !in.getOrDefault("PYTP", "").isEmpty();
        if (onAccount) {
            if (!books.customers.containsKey(in.getOrDefault("PYNO", in.getOrDefault("CUNO", "")))) {
                throw Refusal.missing("Payer " + in.get("PYNO"), "PYNO");
            }
            return in;
        }
        Map<String, String> invoice = required(in);
        int scale = new BigDecimal(in.getOrDefault("PYAM", "0"))
                .stripTrailingZeros()
                .scale();
        if (scale > Integer.parseInt(invoice.getOrDefault("DCAM", "2"))) {
            throw Refusal.business("Amount has too many decimals", "XRE0015", "PYAM");
        }
        for (Map.Entry<String, String> dimension :
                Books.account(in, Books.CLEARING).entrySet()) {
            String key = dimension.getKey().substring(3) + "|" + dimension.getValue();
            if (!books.identities.containsKey(key)) {
                throw Refusal.missing("Accounting identity " + dimension.getValue(), dimension.getKey());
            }
        }
        return in;
    }

    private List<Map<String, String>> addCharge(Map<String, String> in) {
        Books.Batch batch = batch(in);
        batch.charges.add(in);
        batch.status = "2";
        return List.of();
    }

    private List<Map<String, String>> controlBatch(Map<String, String> in) {
        Books.Batch batch = batch(in);
        if (batch.lines.isEmpty() && batch.charges.isEmpty()) {
            throw Refusal.business("Batch has no lines", "XAR4001", "PBID");
        }
        batch.status = batch.status.equals("9") ? "9" : "0";
        return List.of();
    }

    /** A program that posts at once: each line is a batch of its own. */
    private List<Map<String, String>> add(Map<String, String> in) {
        var batch = new Books.Batch(in);
        batch.lines.add(checked(in));
        books.batches.put(in.getOrDefault("PBID", "") + "#" + books.batches.size(), batch);
        books.update(batch);
        return List.of();
    }

    private List<Map<String, String>> addAloneCharge(Map<String, String> in) {
        var batch = new Books.Batch(in);
        batch.charges.add(in);
        books.batches.put(in.getOrDefault("PBID", "") + "#" + books.batches.size(), batch);
        books.update(batch);
        return List.of();
    }

    private List<Map<String, String>> payments(Map<String, String> in) {
        String reference = in.getOrDefault("IRNO", "");
        var rows = new ArrayList<Map<String, String>>();
        for (Books.Batch batch : books.batches.values()) {
            for (Map<String, String> line : batch.lines) {
                add(rows, batch, line, line.getOrDefault("IRNO", ""), reference);
            }
            for (Map<String, String> charge : batch.charges) {
                add(rows, batch, charge, charge.getOrDefault("CHRI", ""), reference);
            }
        }
        return rows;
    }

    private static void add(
            List<Map<String, String>> rows,
            Books.Batch batch,
            Map<String, String> entry,
            String stated,
            String wanted) {
        if (stated.equals(wanted)) {
            var row = new LinkedHashMap<>(entry);
            row.put("PBID", batch.head.getOrDefault("PBID", ""));
            row.put("IRNO", stated);
            row.put("BPYS", batch.status);
            rows.add(row);
        }
    }

    private List<Map<String, String>> transactions(Map<String, String> in) {
        Program program = programs.get(in.getOrDefault("MINM", ""));
        if (program == null) {
            throw Refusal.missing("Program " + in.get("MINM"), "MINM");
        }
        return program.transactions().keySet().stream()
                .map(name -> Map.of("MINM", in.getOrDefault("MINM", ""), "TRNM", name))
                .toList();
    }

    private List<Map<String, String>> fields(Map<String, String> in) {
        Program program = programs.get(in.getOrDefault("MINM", ""));
        Program.Transaction transaction =
                program == null ? null : program.transactions().get(in.getOrDefault("TRNM", ""));
        if (transaction == null) {
            throw Refusal.missing("Transaction " + in.get("TRNM"), "TRNM");
        }
        return transaction.inputs().entrySet().stream()
                .map(field -> Map.of(
                        "FLNM", field.getKey(),
                        "LENG", Integer.toString(Math.abs(field.getValue())),
                        "MAND", field.getValue() < 0 ? "1" : "0"))
                .toList();
    }
}
