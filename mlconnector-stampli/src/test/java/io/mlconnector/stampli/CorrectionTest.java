package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.MappingException;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorrectionTest {

    private static final String ONE = "PLANT-10|V1002|00-1";
    private static final Map<String, String> MORE =
            Map.of("revision", "2", "net_amount", "110.00", "total_amount", "118.25", "line_net", "110.00");

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox);
    private int files;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void deliversApprovedInvoicesOnly() {
        put(
                Invoices.row(1, Map.of("status", "REJECTED", "gl_account", "", "net_amount", "1.00")),
                Invoices.row(2, Map.of("status", "PAID")),
                Invoices.row(3, Map.of("status", "VOIDED")),
                Invoices.row(4, Map.of("transaction_type", "PAID_INVOICE")),
                Invoices.row(5));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly("PLANT-10|V1002|00-5");
        assertThat(delivered.faults()).isEmpty();
    }

    @Test
    void takesTheCustomersOwnWordsForAStatus() {
        connection.entity("bills", Map.of("statuses", Map.of("Ready for export", "approved")));
        put(Invoices.row(1, Map.of("status", "ready for Export")), Invoices.row(2, Map.of("status", "Lost")));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(ONE);
        assertThat(delivered.faults().get(0))
                .endsWith("column status: must be one of APPROVED, PAID, VOIDED, REJECTED: 'Lost'");
    }

    @Test
    void deliversAnUnchangedInvoiceAgainAsTheSame() {
        put(Invoices.row(1));
        Bill first = pass().record(ONE);

        put(Invoices.row(1, Map.of("exported_at", "2026-03-06T10:00:00Z")));

        assertThat(pass().record(ONE)).isEqualTo(first);
    }

    @Test
    void rejectsAChangedInvoiceAndTellsWhatDiffers() {
        put(Invoices.row(1));
        pass();

        put(Invoices.row(1, MORE));
        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).isEmpty();
        assertThat(delivered.malformed().get(0).key().id()).isEqualTo(ONE);
        assertThat(delivered.faults())
                .contains(
                        Invoices.name(2) + ", line 2: the invoice was delivered before with other content"
                                + " (revision 1; now 2), and corrections are rejected",
                        "net was 100.00 USD, is 110.00 USD",
                        "total was 108.25 USD, is 118.25 USD");
    }

    @Test
    void rejectsAnotherInvoiceOfTheSameNumber() {
        put(Invoices.row(1));
        pass();

        var other = new HashMap<>(MORE);
        other.putAll(Map.of("invoice_id", "inv_99", "revision", "1"));
        put(Invoices.row(1, other));

        assertThat(pass().faults()).hasSizeGreaterThan(1).anyMatch(fault -> fault.startsWith("total was"));
    }

    @Test
    void rejectsAnInvoiceThatComesAgainUnderAnotherNumber() {
        put(Invoices.row(1));
        pass();

        put(Invoices.row(1, Map.of("invoice_number", "00-1A", "revision", "2")));

        assertThat(pass().faults())
                .containsExactly(Invoices.name(2) + ", line 2, column invoice_id: the invoice 'inv_1' was delivered"
                        + " before as " + ONE + ", and is now PLANT-10|V1002|00-1A");
    }

    @Test
    void passesOverARevisionThatIsOlder() {
        put(Invoices.row(1, MORE));
        pass();

        put(Invoices.row(1));
        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).isEmpty();
        assertThat(delivered.faults()).isEmpty();
    }

    @Test
    void deliversNothingThatWasVoidedBeforeItCame() {
        put(Invoices.row(1, Map.of("status", "VOIDED", "revision", "2")));
        pass();

        put(Invoices.row(1));

        assertThat(pass().ids()).isEmpty();
    }

    @Test
    void deliversACorrectionIfTheTargetMayTakeIt() {
        connection.with("corrections", "reverse-and-repost");
        put(Invoices.row(1));
        pass();

        put(Invoices.row(1, MORE));
        Bill corrected = pass().record(ONE);
        put(Invoices.row(1, Map.of("status", "VOIDED", "revision", "3")));
        Bill voided = pass().record(ONE);

        assertThat(corrected.total()).isEqualTo(Money.of("118.25", "USD"));
        assertThat(corrected.attributes().value("correction")).contains("reverse-and-repost");
        assertThat(voided.approval()).isEqualTo(Bill.Approval.VOIDED);
    }

    @Test
    void fetchesWhatThePolicyAllowsNow() {
        put(Invoices.row(1));
        pass();
        put(Invoices.row(1, MORE));
        pass();
        assertThatThrownBy(() -> connection.<Bill>source("bills").fetch(ONE))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("corrections are rejected");

        connection.with("corrections", "update-if-unposted");

        assertThat(connection.<Bill>source("bills").fetch(ONE).map(Change::record))
                .hasValueSatisfying(bill -> assertThat(bill.total()).isEqualTo(Money.of("118.25", "USD")));
    }

    @Test
    void fetchesARefusedRecordFromTheArchiveOnceItsRulesAreMended() {
        connection.with("archive", "archive");
        put(Invoices.row(1, Map.of("status", "Ready")), "PLANT-10,inv_2,1,BILL,Ready,,V1002,x" + ",".repeat(20));
        List<String> ids = pass().malformed().stream().map(each -> each.key().id()).toList();
        assertThat(ids.get(0)).isEqualTo(ONE);
        assertThat(ids.get(1)).startsWith("row:");
        assertThat(sandbox.files("/outbound/invoices")).allMatch(path -> path.contains("/archive/"));

        connection.entity("bills", Map.of("statuses", Map.of("Ready", "APPROVED")));

        assertThat(connection.<Bill>source("bills").fetch(ONE)).isPresent();
        assertThatThrownBy(() -> connection.<Bill>source("bills").fetch(ids.get(1)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("line 3, column invoice_number: is missing");
    }

    @Test
    void saysThatAFileIsGone() {
        put(Invoices.row(1, Map.of("status", "Ready")));
        pass();
        sandbox.remove(Invoices.path(1));

        assertThatThrownBy(() -> connection.<Bill>source("bills").fetch(ONE))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("the file " + Invoices.name(1) + ", which told of this record, is neither in");
    }

    private void put(String... rows) {
        files++;
        sandbox.put(Invoices.path(files), Invoices.file(List.of(rows)));
    }

    private TestConnection.Delivered<Bill> pass() {
        return connection.pass("bills");
    }
}
