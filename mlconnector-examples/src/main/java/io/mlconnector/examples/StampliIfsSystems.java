package io.mlconnector.examples;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.Letter;
import io.mlconnector.testkit.ifs.IfsPayablesData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stampli.StampliSandbox;
import io.mlconnector.testkit.stampli.StampliUpload;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stampli and IFS Cloud. Approved invoices come in twelve files: whole ones as CSV, zipped and as XML, one that is still being
 * uploaded, one that comes twice, one that is no export at all, and one with some rows that are wrong.
 */
final class StampliIfsSystems implements StagedSystems, ChaoticSystems {

    private static final int SUPPLIERS = 40;
    private static final int INVOICES = 500;
    private static final int FILES = 10;
    private static final String COMPANY = "10";
    private static final String HEADS = "PostingProposalHeadSet";
    private static final String VOUCHERS = "VoucherSet";

    /** An account that somebody uses in Stampli before it is there in IFS Cloud. */
    private static final String LATE_ACCOUNT = "4999";

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StampliSandbox stampli = StampliSandbox.start();
    private final IfsPayablesData data;
    private final StampliExports exports;
    private final int perFile;
    private final int late;
    private final StampliUpload upload;

    StampliIfsSystems() {
        this(SUPPLIERS, INVOICES);
    }

    StampliIfsSystems(int suppliers, int invoices) {
        perFile = invoices / FILES;
        late = Math.max(1, perFile / 5);
        LocalDate today = LocalDate.ofInstant(ifs.serverTime(), ZoneOffset.UTC);
        data = IfsPayablesData.seeded(2026, today, suppliers);
        data.loadInto(ifs);
        exports = new StampliExports(data, today);
        stampli.put(StampliExports.path("vendors", 1, "csv"), exports.vendors());
        stampli.put(StampliExports.path("purchase_orders", 1, "csv"), exports.orders());
        for (int file = 1; file <= 6; file++) {
            stampli.put(invoices(file, "csv"), exports.csv(first(file), first(file + 1)));
        }
        stampli.put(invoices(7, "csv.gz"), StampliExports.zipped(exports.csv(first(7), first(8))));
        stampli.put(invoices(8, "xml"), exports.xml(first(8), first(9)));
        upload = stampli.begin(invoices(9, "csv"), ".part")
                .write(exports.csv(first(9), first(10)).substring(0, 1_000));
        stampli.put(invoices(10, "csv"), withWrongRows());
        stampli.put(invoices(11, "csv"), exports.csv(first(3), first(4)));
        stampli.put(invoices(12, "csv"), "company;what\n10;is this?\n");
    }

    private static String invoices(int file, String ending) {
        return StampliExports.path("invoices", file, ending);
    }

    private int first(int file) {
        return (file - 1) * perFile;
    }

    /** Some invoices on an account that is not there, one that is short of columns, one whose lines add up to something else. */
    private String withWrongRows() {
        var rows = new ArrayList<String>();
        for (int invoice = first(10); invoice < first(11); invoice++) {
            rows.add(
                    invoice < first(10) + late
                            ? exports.rows(invoice, "APPROVED", 1, LATE_ACCOUNT)
                            : exports.rows(invoice));
        }
        int more = first(11);
        rows.add(exports.rows(more).replace(",V19,19.00\n", "\n"));
        rows.add(exports.rows(more + 1).replaceFirst(",V19,19.00\n", ",V19,18.00\n"));
        rows.add(exports.rows(more + 2, "REJECTED", 1, data.accounts().get(0)));
        return StampliExports.csv(rows);
    }

    @Override
    public String name() {
        return "stampli-ifs";
    }

    @Override
    public Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("STAMPLI_HOST", stampli.host()),
                Map.entry("STAMPLI_PORT", Integer.toString(stampli.port())),
                Map.entry("STAMPLI_USER", stampli.user()),
                Map.entry("STAMPLI_PASSWORD", stampli.password()),
                Map.entry("STAMPLI_HOST_KEY", stampli.hostKey()),
                Map.entry("STAMPLI_COMPLETENESS", "rename"),
                Map.entry("IFS_BASE_URL", ifs.baseUrl().toString()),
                Map.entry("IFS_TOKEN_URL", ifs.tokenUrl().toString()),
                Map.entry("IFS_CLIENT_ID", ifs.clientId()),
                Map.entry("IFS_CLIENT_SECRET", ifs.clientSecret()),
                Map.entry("IFS_REQUESTS_PER_MINUTE", "60000"), // a posting takes nine requests, and this is a sandbox
                Map.entry("IFS_SETTLE_TIME", "PT5S"));
    }

    @Override
    public Map<String, Map<Tally, Integer>> expected() {
        return Map.of(
                "vendors", Map.of(Tally.CREATED, data.suppliers().size()),
                "bills", Map.of(Tally.CREATED, 9 * perFile - late, Tally.DEAD, late + 3));
    }

    @Override
    public Map<String, Integer> edit() {
        return Map.of();
    }

    @Override
    public List<Stage> stages() {
        return List.of(
                Stage.of("uploaded", this::finishUpload, () -> postedAre(FILES * perFile - late)),
                new Stage("mended", this::mend, () -> postedAre(FILES * perFile)),
                Stage.of("voided", this::voidOne, () -> postedAre(FILES * perFile)),
                new Stage("silent", this::tellLetters, () -> postedAre(FILES * perFile)));
    }

    private String finishUpload() {
        upload.write(exports.csv(first(9), first(10)).substring(1_000)).finish();
        return "the upload of the ninth file ends";
    }

    private String mend(SyncEngine engine) {
        for (String company : IfsPayablesData.COMPANIES) {
            Map<String, Object> account =
                    new LinkedHashMap<>(ifs.rows("AccountSet").get(0).values());
            account.put("Company", company);
            account.put("Account", LATE_ACCOUNT);
            ifs.put("AccountSet", account);
        }
        FlowReport report = engine.replay("bills", letter -> letter.reason().contains(LATE_ACCOUNT));
        return "account " + LATE_ACCOUNT + " is added at IFS Cloud, and dead letters that name it are tried again: "
                + report.readCount() + " read, " + report.count(Tally.CREATED) + " created";
    }

    private String voidOne() {
        stampli.put(
                invoices(13, "csv"),
                StampliExports.csv(
                        List.of(exports.rows(0, "VOIDED", 2, data.accounts().get(0)))));
        return "an invoice that was posted is voided in Stampli";
    }

    private String tellLetters(SyncEngine engine) {
        return "dead letters:\n"
                + engine.operations().letters("bills", Letter.Kind.DEAD).stream()
                        .map(letter -> "  " + letter.reason())
                        .collect(Collectors.joining("\n"));
    }

    private List<String> postedAre(int wanted) {
        TargetCount count = count();
        return count.documents() == wanted
                ? List.of()
                : List.of(count.documents() + " invoices are posted, and not " + wanted);
    }

    /** An invoice counts if it has its voucher. */
    @Override
    public TargetCount count() {
        Map<String, Long> vouchers = ifs.rows(VOUCHERS).stream()
                .collect(Collectors.groupingBy(voucher -> voucher.text("InvoiceNo"), Collectors.counting()));
        var numbers = new HashSet<String>();
        int doubled = 0;
        int whole = 0;
        for (IfsRow head : ifs.rows(HEADS)) {
            String number = head.text("InvoiceNo");
            long has = vouchers.getOrDefault(number, 0L);
            doubled += !numbers.add(number) || has > 1 ? 1 : 0;
            whole += has == 1 ? 1 : 0;
        }
        int missing = 0;
        for (int invoice = 0; invoice < FILES * perFile; invoice++) {
            missing += numbers.contains(StampliExports.number(invoice)) ? 0 : 1;
        }
        return new TargetCount(whole, doubled, missing);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (IfsRow head : ifs.rows(HEADS).subList(0, 2)) {
            IfsRow voucher = ifs.rows(VOUCHERS).stream()
                    .filter(row -> row.text("InvoiceNo").equals(head.text("InvoiceNo")))
                    .findFirst()
                    .orElseThrow();
            samples.add(new Sample(
                    "Stampli invoice " + head.text("InvoiceNo") + "  ->  IFS Cloud " + COMPANY + " "
                            + head.values().get("InvoiceId"),
                    List.of(
                            new String[] {"supplier", head.text("Identity"), ""},
                            new String[] {"total", head.decimal("GrossAmount") + " " + head.text("Currency"), ""},
                            new String[] {
                                "voucher",
                                voucher.values().get("VoucherType") + " "
                                        + voucher.values().get("VoucherNo"),
                                ""
                            })));
        }
        return samples;
    }

    @Override
    public Chaos unleash() {
        return new StampliIfsChaos(ifs, 4 * perFile);
    }

    @Override
    public void close() {
        stampli.close();
        ifs.close();
    }
}
