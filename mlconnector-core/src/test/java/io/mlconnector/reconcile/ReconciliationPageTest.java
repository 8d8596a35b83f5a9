package io.mlconnector.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page from disk in a browser without a screen, where one is installed. */
@Timeout(120)
class ReconciliationPageTest {

    private static final Instant DAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<Path> BROWSERS = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsABrowser() {
        assumeTrue(BROWSERS.stream().anyMatch(Files::isExecutable), "no browser is installed");
    }

    @Test
    void showsTotalsByCurrencyWithoutLosingACent() throws Exception {
        String page = after("");

        assertThat(page).contains("4 of 4 invoices").contains("erp/invoices → bank/invoices");
        assertThat(texts(page, "totals"))
                .contains("EUR 3 0.30 0.20 0.00 0.00 0.10", "KWD 1 1\u202f234.567 0.000 0.000 0.000 1\u202f234.567");
    }

    @Test
    void filtersByStandingAndFindsByPayment() throws Exception {
        assertThat(after("document.querySelector('[data-standing=\"matched\"]').click();"))
                .contains("2 of 2 invoices");
        assertThat(after("const s = document.getElementById('search'); s.value = 'PAY-2';"
                        + " s.dispatchEvent(new Event('input'));"))
                .contains("1 of 1 invoices");
        assertThat(after("const c = document.getElementById('currency'); c.value = 'KWD';"
                        + " c.dispatchEvent(new Event('change'));"))
                .contains("1 of 1 invoices");
    }

    @Test
    void opensTheHistoryOfAnInvoice() throws Exception {
        String page = after("document.querySelector('tr.row').click();");

        assertThat(texts(page, "invoices"))
                .anySatisfy(
                        row -> assertThat(row).contains("create applied bank/invoices/I-1 total: total &lt;- Gross"));
    }

    @Test
    void showsWhatARecordHoldsAsText() throws Exception {
        String page = after("document.querySelectorAll('tr.row')[3].click();");

        assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img");
    }

    @Test
    void listsLooseMoneyAndDrift() throws Exception {
        String page = after("");

        assertThat(texts(page, "unmatched")).anySatisfy(row -> assertThat(row).contains("names no invoice"));
        assertThat(texts(page, "drift")).anySatisfy(row -> assertThat(row).contains("amount-differs"));
    }

    /** The texts of a table's rows, cells separated by blanks. */
    private static List<String> texts(String page, String id) {
        int start = page.indexOf("id=\"" + id + "\"");
        String rest = page.substring(start, page.indexOf("</table>", page.lastIndexOf("<tr", nextEnd(page, start))));
        var rows = new ArrayList<String>();
        for (String row : rest.split("<tr", -1)) {
            rows.add(row.replaceFirst("^[^>]*>", "")
                    .replaceAll("<[^>]*>", " ")
                    .replaceAll(" +", " ")
                    .trim());
        }
        return rows;
    }

    private static int nextEnd(String page, int start) {
        int section = page.indexOf("<table id=", start + 1);
        int other = page.indexOf("<section", start + 1);
        int end = page.length();
        for (int candidate : new int[] {section, other, page.indexOf("<footer", start)}) {
            if (candidate > start) {
                end = Math.min(end, candidate);
            }
        }
        return end;
    }

    /** Returns the page as it is after a script has run in it. */
    private String after(String script) throws IOException, InterruptedException {
        Path file = folder.resolve("page.html");
        Files.writeString(file, sample().toHtml().replace("</body>", "<script>" + script + "</script></body>"));
        Path browser = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        Path output = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        file.toUri().toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Reconciliation sample() {
        return new Reconciliation(
                DAY,
                Endpoint.parse("erp/invoices"),
                Endpoint.parse("bank/invoices"),
                List.of(
                        invoice("1", "EUR", "0.10", "0.10", Standing.MATCHED, "paid in full"),
                        invoice("2", "EUR", "0.10", "0.10", Standing.MATCHED, "paid in full"),
                        invoice("3", "EUR", "0.10", "0.00", Standing.OPEN, "nothing has been paid"),
                        invoice("4", "KWD", "1234.567", "0.000", Standing.OPEN, "<img src=x onerror=alert(1)>")),
                List.of(new Unmatched(entry("PAY-9", Money.of("7.00", "EUR")), "the payment names no invoice")),
                List.of(new Drift(
                        Drift.Kind.AMOUNT_DIFFERS,
                        new RecordKey("erp", "invoices", "3"),
                        new RecordKey("bank", "invoices", "I-3"),
                        "0.10 EUR at the source, 0.20 EUR over there")));
    }

    private static MoneyEntry entry(String id, Money amount) {
        return new MoneyEntry(
                MoneyEntry.Kind.PAYMENT, new RecordKey("bank", "payments", id), amount, DAY, "succeeded", "card");
    }

    private static InvoiceStanding invoice(
            String id, String currency, String total, String paid, Standing standing, String reason) {
        RecordKey key = new RecordKey("erp", "invoices", id);
        RecordKey target = new RecordKey("bank", "invoices", "I-" + id);
        Money amount = Money.of(paid, currency);
        Money zero = Money.zero(currency);
        return new InvoiceStanding(
                key,
                "INV-" + id,
                new RecordKey("erp", "customers", "c"),
                LocalDate.parse("2026-03-01"),
                LocalDate.parse("2026-03-31"),
                target,
                standing,
                Money.of(total, currency),
                amount,
                zero,
                zero,
                List.of(reason),
                amount.amount().signum() == 0 ? List.of() : List.of(entry("PAY-" + id, amount)),
                List.of(new AuditEntry(
                        "invoices",
                        "run",
                        key,
                        null,
                        target,
                        Action.CREATE,
                        Map.of("total", "total <- Gross"),
                        "m",
                        1,
                        AuditEntry.Outcome.APPLIED,
                        null,
                        "req-1",
                        DAY)));
    }
}
