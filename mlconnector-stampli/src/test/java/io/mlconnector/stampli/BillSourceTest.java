package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Bill;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Position;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillSourceTest {

    private static final String THREE = """
            company_id,invoice_id,revision,transaction_type,status,invoice_number,vendor_id,vendor_name,invoice_date,due_date,currency,net_amount,tax_amount,total_amount,po_number,memo,approver,approved_at,exported_at,document_url,line_number,line_type,description,gl_account,cost_center,line_net,tax_code,line_tax
            PLANT-10,inv_90412,1,BILL,APPROVED,00-7781,V1002,"Borealis Pumps, Inc.",2026-03-02,2026-04-01,USD,1500.00,123.75,1623.75,PO-5521,"Seal kits
            second delivery, ""urgent""\",ap.lead@example.test,2026-03-05T14:02:11Z,2026-03-05T14:05:00Z,https://files.example.test/d/90412.pdf,1,GL,Seal kits,06100,CC-310,1200.00,TX,99.00
            PLANT-10,inv_90412,1,BILL,APPROVED,00-7781,V1002,"Borealis Pumps, Inc.",2026-03-02,2026-04-01,USD,1500.00,123.75,1623.75,PO-5521,"Seal kits
            second delivery, ""urgent""\",ap.lead@example.test,2026-03-05T14:02:11Z,2026-03-05T14:05:00Z,https://files.example.test/d/90412.pdf,2,FREIGHT,Air freight,06450,CC-310,300.00,TX,24.75
            PLANT-20,inv_90415,2,REFUND,APPROVED,CM-118,V2040,Müller Werkzeuge GmbH,2026-03-03,,EUR,80.00,15.20,95.20,,,cfo@example.test,2026-03-05T14:03:40Z,2026-03-05T14:05:00Z,,1,GL,Returned drill,06100,CC-420,80.00,V19,15.20
            """;

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsAnInvoiceOfSeveralRowsAsOneBill() {
        sandbox.put(Invoices.path(1), THREE);

        Bill bill = this.<Bill>pass().record("PLANT-10|V1002|00-7781");

        assertThat(bill.number()).isEqualTo("00-7781");
        assertThat(bill.company()).isEqualTo("PLANT-10");
        assertThat(bill.vendor().id()).isEqualTo("V1002");
        assertThat(bill.issuedOn()).isEqualTo(LocalDate.of(2026, 3, 2));
        assertThat(bill.total()).isEqualTo(Money.of("1623.75", "USD"));
        assertThat(bill.approval()).isEqualTo(Bill.Approval.APPROVED);
        assertThat(bill.memo()).isEqualTo("Seal kits\nsecond delivery, \"urgent\"");
        assertThat(bill.lines())
                .extracting(LineItem::net)
                .containsExactly(Money.of("1200", "USD"), Money.of("300", "USD"));
        assertThat(bill.lines().get(0).coding()).satisfies(coding -> {
            assertThat(coding).isNotNull();
            assertThat(String.valueOf(coding)).contains("06100", "CC-310");
        });
        assertThat(bill.attributes().asMap())
                .containsEntry("stampliId", "inv_90412")
                .containsEntry("line.2.type", "FREIGHT")
                .containsEntry("documentUrl", "https://files.example.test/d/90412.pdf");
    }

    @Test
    void negatesTheAmountsOfACreditMemo() {
        sandbox.put(Invoices.path(1), THREE);

        Bill bill = this.<Bill>pass().record("PLANT-20|V2040|CM-118");

        assertThat(bill.total()).isEqualTo(Money.of("-95.20", "EUR"));
        assertThat(bill.lines().get(0).net()).isEqualTo(Money.of("-80", "EUR"));
        assertThat(bill.attributes().value("transactionType")).contains("REFUND");
    }

    @Test
    void namesFileLineAndColumnOfAFaultAndReadsTheRest() {
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(
                        Invoices.row(1),
                        Invoices.row(2, Map.of("net_amount", "1E+05")),
                        Invoices.row(3, Map.of("line_net", "99.00")),
                        Invoices.row(4))));

        var delivered = this.<Bill>pass();

        assertThat(delivered.ids()).containsExactly("PLANT-10|V1002|00-1", "PLANT-10|V1002|00-4");
        assertThat(delivered.faults())
                .containsExactly(
                        Invoices.name(1) + ", line 3, column net_amount: must be a number such as 1234.50: '1E+05'",
                        Invoices.name(1) + ", line 4, column net_amount: is 100.00, but the sum of line_net is 99.00");
        assertThat(delivered.malformed().get(0).key().id()).isEqualTo("PLANT-10|V1002|00-2");
        assertThat(delivered.malformed().get(0).raw()).isEqualTo(Invoices.row(2, Map.of("net_amount", "1E+05")) + "\n");
    }

    @Test
    void readsNoFileTwice() {
        sandbox.put(Invoices.path(1), Invoices.file(1, 2));
        assertThat(this.<Bill>pass().ids()).hasSize(2);

        assertThat(this.<Bill>pass().ids()).isEmpty();
        sandbox.put(Invoices.path(2), Invoices.file(3));
        assertThat(this.<Bill>pass().ids()).containsExactly("PLANT-10|V1002|00-3");
    }

    @Test
    void readsFilesInTheOrderOfTheirNames() {
        sandbox.put(Invoices.path(3), Invoices.file(3));
        sandbox.put(Invoices.path(1), Invoices.file(1));
        sandbox.put(Invoices.path(2), Invoices.file(2));

        assertThat(this.<Bill>pass().ids())
                .containsExactly("PLANT-10|V1002|00-1", "PLANT-10|V1002|00-2", "PLANT-10|V1002|00-3");
        assertThat(sandbox.logins()).isEqualTo(1);
    }

    @Test
    void goesOnInTheMiddleOfAFileInANewProcess() {
        connection.with("pageSize", 2);
        sandbox.put(Invoices.path(1), Invoices.file(1, 2, 3, 4, 5));

        var first = connection.<Bill>pass("bills", connection.source("bills"), 1);
        var rest = this.<Bill>pass();

        assertThat(first.ids()).containsExactly("PLANT-10|V1002|00-1", "PLANT-10|V1002|00-2");
        assertThat(rest.ids()).containsExactly("PLANT-10|V1002|00-3", "PLANT-10|V1002|00-4", "PLANT-10|V1002|00-5");
        assertThat(connection.position("bills")).isNotEqualTo(Position.START);
    }

    private <T extends io.mlconnector.model.BusinessRecord> TestConnection.Delivered<T> pass() {
        return connection.pass("bills");
    }
}
