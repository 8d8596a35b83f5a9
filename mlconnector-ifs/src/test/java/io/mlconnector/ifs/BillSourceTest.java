package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillSourceTest {

    private final BillFixture fixture = new BillFixture(Preset.CLOUD);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void invoice(String state) {
        fixture.sandbox.put(
                "ManSuppInvoiceSet",
                Map.ofEntries(
                        Map.entry("Company", "10"),
                        Map.entry("InvoiceId", 700_987),
                        Map.entry("Identity", "V1001"),
                        Map.entry("SeriesId", "SI"),
                        Map.entry("InvoiceNo", "RE-2026/118"),
                        Map.entry("InvoiceDate", "2026-01-10"),
                        Map.entry("DueDate", "2026-02-09"),
                        Map.entry("Currency", "EUR"),
                        Map.entry("NetCurrAmount", "1000"),
                        Map.entry("VatCurrAmount", "190"),
                        Map.entry("GrossCurrAmount", "1190"),
                        Map.entry("PoRefNumber", "PO80012"),
                        Map.entry("Objstate", state)));
    }

    private void item(int number, String net, String tax) {
        fixture.sandbox.put(
                "ManSuppInvoiceItemSet",
                Map.of(
                        "Company", "10",
                        "InvoiceId", 700_987,
                        "ItemId", number,
                        "NetCurrAmount", net,
                        "VatCurrAmount", tax,
                        "VatCode", "V19",
                        "Account", "4010",
                        "CodeB", "CC-100",
                        "CodeF", "P-77"));
    }

    private Bill read() {
        Source<Bill> source = fixture.connection.source("bills");
        return TestConnection.drain(source).record("10|700987");
    }

    @Test
    void readsAnInvoiceWithItsCodedLines() {
        invoice("Posted");
        item(1, "600", "114");
        item(2, "400", "76");
        fixture.connection.with("dimensions", Map.of("project", "CodeF"));

        Bill bill = read();

        assertThat(bill.number()).isEqualTo("RE-2026/118");
        assertThat(bill.company()).isEqualTo("10");
        assertThat(bill.vendor()).isEqualTo(new RecordKey("ifs-test", "vendors", "V1001"));
        assertThat(bill.purchaseOrderNumber()).isEqualTo("PO80012");
        assertThat(bill.total()).isEqualTo(Money.of("1190", "EUR"));
        assertThat(bill.approval()).isEqualTo(Bill.Approval.APPROVED);
        assertThat(bill.paymentStatus()).isEqualTo(Bill.PaymentStatus.OPEN);
        assertThat(bill.lines()).hasSize(2);
        assertThat(bill.lines().get(0).coding()).isEqualTo(new GlCoding("4010", "CC-100", Map.of("project", "P-77")));
        assertThat(bill.lines().get(1).net()).isEqualTo(Money.of("400", "EUR"));
    }

    @Test
    void readsHowFarAnInvoiceIsPaid() {
        invoice("PartlyPaidPosted");
        assertThat(read().paymentStatus()).isEqualTo(Bill.PaymentStatus.PARTIALLY_PAID);
        invoice("PaidPosted");
        assertThat(read().paymentStatus()).isEqualTo(Bill.PaymentStatus.PAID);
        invoice("Cancelled");
        assertThat(read().approval()).isEqualTo(Bill.Approval.VOIDED);
    }

    @Test
    void givesAnInvoiceThatIsNotCodedYetOneLine() {
        invoice("Preliminary");

        Bill bill = read();

        assertThat(bill.approval()).isEqualTo(Bill.Approval.PENDING);
        assertThat(bill.lines()).singleElement().satisfies(line -> {
            assertThat(line.net()).isEqualTo(Money.of("1000", "EUR"));
            assertThat(line.coding()).isNull();
        });
    }

    @Test
    void putsAnInvoiceAsideWhoseLinesDoNotAddUp() {
        invoice("Posted");
        item(1, "600", "114");

        Source<Bill> source = fixture.connection.source("bills");

        assertThat(TestConnection.drain(source).malformed())
                .isNotEmpty()
                .allSatisfy(malformed -> assertThat(malformed.faults().toString())
                        .contains("lines.net must add up to net: 1 lines make 600.00 EUR, net is 1000.00 EUR"));
    }

    @Test
    void tellsHowOldAChangeIsByTheClockOfTheServer() {
        fixture.clock.sleep(Duration.ofMinutes(9));
        Source<Vendor> source = fixture.connection.source("vendors");

        Change<Vendor> change = source.fetch("V1001").orElseThrow();

        assertThat(change.age()).contains(Duration.ofMinutes(10));
    }
}
