package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.model.TaxId;
import io.mlconnector.model.Vendor;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceSourcesTest {

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox).with("checkOrders", true);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsVendors() {
        sandbox.put(
                ReferenceFiles.path("vendors", 1),
                ReferenceFiles.vendors(
                        ReferenceFiles.vendor(1, "Borealis"),
                        ReferenceFiles.vendor(2, "Aurora").replace("ACTIVE", "inactive"),
                        ReferenceFiles.vendor(3, "Polaris").replace("ACTIVE", "SLEEPING")));

        TestConnection.Delivered<Vendor> delivered = connection.pass("vendors");

        Vendor vendor = delivered.record("V1");
        assertThat(vendor.name()).isEqualTo("Borealis");
        assertThat(vendor.taxIds()).containsExactly(new TaxId(TaxId.Kind.VAT, "DE123456781", "DE"));
        assertThat(vendor.active()).isTrue();
        assertThat(vendor.attributes().value("company")).contains("PLANT-10");
        assertThat(delivered.record("V2").active()).isFalse();
        assertThat(delivered.faults().get(0)).contains("line 4, column status: must be one of ACTIVE, HOLD");
    }

    @Test
    void keepsTheNewerFormOfAVendor() {
        sandbox.put(ReferenceFiles.path("vendors", 1), ReferenceFiles.vendors(ReferenceFiles.vendor(1, "New name")));
        connection.<Vendor>pass("vendors");

        sandbox.put(
                ReferenceFiles.path("vendors", 2),
                ReferenceFiles.vendors(ReferenceFiles.vendor(1, "Old name").replace("2026-03-01", "2026-02-01")));

        assertThat(connection.<Vendor>pass("vendors").ids()).isEmpty();
    }

    @Test
    void tellsVendorsOfCompaniesApartIfToldTo() {
        connection.with("vendorsPerCompany", true);
        sandbox.put(ReferenceFiles.path("vendors", 1), ReferenceFiles.vendors(ReferenceFiles.vendor(1, "Borealis")));
        sandbox.put(Invoices.path(1), Invoices.file(1));

        assertThat(connection.<Vendor>pass("vendors").ids()).containsExactly("PLANT-10|V1");
        assertThat(connection.<Bill>pass("bills").changes().get(0).record()).satisfies(bill -> {
            assertThat(bill).isNotNull();
            assertThat(String.valueOf(bill)).contains("vendor=stampli-test/vendors/PLANT-10|V1002");
        });
    }

    @Test
    void readsPurchaseOrders() {
        sandbox.put(
                ReferenceFiles.path("purchase_orders", 1),
                ReferenceFiles.orders(ReferenceFiles.order(1, "V1002", "USD"), ReferenceFiles.order(2, "V7", "EUR")));

        PurchaseOrder order = connection.<PurchaseOrder>pass("purchase-orders").record("PLANT-10|PO-1");

        assertThat(order.vendor().id()).isEqualTo("V1002");
        assertThat(order.lines()).hasSize(2);
        assertThat(order.lines().get(0).net()).isEqualTo(Money.of("20", "USD"));
        assertThat(order.attributes().asMap()).containsEntry("line.1.received", "1").containsEntry("total", "30.00");
    }

    @Test
    void comparesABillWithTheOrdersThatItsLinesName() {
        connection.with("archive", "archive");
        sandbox.put(
                ReferenceFiles.path("purchase_orders", 1),
                ReferenceFiles.orders(ReferenceFiles.order(1, "V1002", "USD"), ReferenceFiles.order(2, "V7", "EUR")));
        connection.<PurchaseOrder>pass("purchase-orders");
        assertThat(sandbox.files("/outbound/purchase_orders")).allMatch(path -> path.contains("/archive/"));
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(
                        Invoices.row(1, Map.of("po_number", "PO-1")),
                        Invoices.row(2, Map.of("po_number", "PO-2")),
                        Invoices.row(3, Map.of("po_number", "PO-unknown")))));

        TestConnection.Delivered<Bill> delivered = connection.pass("bills");

        assertThat(delivered.ids()).containsExactly("PLANT-10|V1002|00-1", "PLANT-10|V1002|00-3");
        assertThat(delivered.faults())
                .containsExactly(
                        Invoices.name(1)
                                + ", line 3: the purchase order PO-2 is of the vendor V7, and the bill of V1002",
                        Invoices.name(1) + ", line 3: the purchase order PO-2 is in EUR, and the bill in USD");
    }
}
