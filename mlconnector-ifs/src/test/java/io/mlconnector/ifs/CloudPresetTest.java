package io.mlconnector.ifs;

import static io.mlconnector.ifs.TestConnection.drain;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.TestConnection.Delivered;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudPresetTest {

    private final IfsSandbox sandbox =
            IfsSandbox.builder().addSets(IfsEntitySets.cloud()).start();
    private final TestConnection connection = TestConnection.to(sandbox).with("preset", "cloud");
    private final IfsDemoData data = IfsDemoData.seeded(5, TestConnection.NOW, 300, 600);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsCustomersWithAddressesOfManyAtOnce() {
        data.loadInto(sandbox);

        Delivered<Customer> delivered = drain(connection.source("customers"));

        assertThat(delivered.malformed()).isEmpty();
        Map<String, Customer> records = delivered.byId();
        assertThat(records).hasSize(300);
        data.customers().forEach(row -> {
            Customer customer = records.get(row.text("CustomerId"));
            assertThat(customer).isNotNull();
            assertThat(customer.billingAddress()).isNotNull();
            assertThat(customer.billingAddress().city()).isEqualTo(row.text("City"));
        });
        // two probes, a page and its end; addresses of up to 150 customers a request, and their end; what lies in the
        // overlap of the addresses once more
        assertThat(sandbox.traffic().requests()).isLessThanOrEqualTo(16);
    }

    @Test
    void deliversACustomerAgainWhenOnlyAnAddressChanged() {
        data.loadInto(sandbox);
        Source<Customer> source = connection.source("customers");
        Position position = drain(source).next();
        String id = data.customers().get(7).text("CustomerId");
        sandbox.advance(Duration.ofHours(1));
        sandbox.patch("CustomerInfoAddresses", Map.of("CustomerId", id, "AddressId", "1", "City", "Bergen"));

        Delivered<Customer> again = drain(source, position);

        assertThat(again.record(id).billingAddress())
                .extracting(address -> address.city())
                .isEqualTo("Bergen");
        assertThat(source.fetch(id).orElseThrow().record()).isEqualTo(again.record(id));
    }

    @Test
    void takesTheAddressThatHoldsToday() {
        sandbox.put("CustomerInfoSet", Map.of("CustomerId", "1", "Name", "N", "CountryCode", "SE"));
        sandbox.put(
                "CustomerInfoAddresses",
                Map.of("CustomerId", "1", "AddressId", "1", "City", "Old", "ValidTo", "2025-12-31"));
        sandbox.put("CustomerInfoAddresses", Map.of("CustomerId", "1", "AddressId", "2", "City", "Now"));

        Customer customer =
                drain(connection.<Customer>source("customers")).records().get(0);

        assertThat(customer.billingAddress())
                .extracting(address -> address.city())
                .isEqualTo("Now");
    }

    @Test
    void readsOptionalColumnsOnlyWhereTheyAreNamed() {
        data.loadInto(sandbox);
        connection.entity("customers", Map.of("mapping", Map.of("taxIds.vat", Map.of("from", "MainRepresentative"))));

        assertThat(drain(connection.source("customers")).byId()).hasSize(300);
    }

    @Test
    void needsTheColumnOfARuleThatHasNoDefault() {
        connection.entity("customers", Map.of("mapping", Map.of("email", Map.of("default", "x@y.example"))));

        assertThatThrownBy(connection::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mapping.email.from is missing");
    }

    @Test
    void readsInvoicesWithTheirOwnLines() {
        data.loadInto(sandbox);

        Delivered<Invoice> delivered = drain(connection.source("invoices"));

        assertThat(delivered.malformed()).isEmpty();
        assertThat(delivered.byId()).hasSize(600);
        data.vouchers().forEach(row -> {
            Invoice invoice = delivered.byId().get("10|" + row.text("InvoiceId"));
            assertThat(invoice).isNotNull();
            assertThat(invoice.total().amount()).isEqualByComparingTo(row.decimal("GrossCurrAmount"));
            assertThat(invoice.orderNumbers()).containsExactly(row.text("OrderNo"));
            assertThat(invoice.status()).isEqualTo(Invoice.Status.OPEN);
        });
        assertThat(sandbox.traffic().requests()).isLessThanOrEqualTo(9);
        assertThat(connection.<Invoice>source("invoices").fetch("10|700001")).isPresent();
    }

    @Test
    void takesNoTaxCodeForARateThatTheTaxContradicts() {
        sandbox.put(
                "CustomerOrderInvHeadSet",
                Map.ofEntries(
                        Map.entry("Company", "10"),
                        Map.entry("InvoiceId", 1L),
                        Map.entry("SeriesId", "CD"),
                        Map.entry("InvoiceNo", "1"),
                        Map.entry("Identity", "C1"),
                        Map.entry("Currency", "SEK"),
                        Map.entry("NetCurrAmount", new BigDecimal("100.00")),
                        Map.entry("VatCurrAmount", new BigDecimal("25.00")),
                        Map.entry("GrossCurrAmount", new BigDecimal("125.00")),
                        Map.entry("Objstate", "Posted")));
        sandbox.put(
                "CustomerOrderInvLineSet",
                Map.of(
                        "Company",
                        "10",
                        "InvoiceId",
                        1L,
                        "ItemId",
                        1,
                        "Description",
                        "Pump",
                        "NetCurrAmount",
                        new BigDecimal("100.00"),
                        "VatCurrAmount",
                        new BigDecimal("25.00"),
                        "VatCode",
                        "1"));

        Invoice invoice =
                drain(connection.<Invoice>source("invoices")).records().get(0);

        LineTax tax = requireNonNull(invoice.lines().get(0).tax());
        assertThat(tax.code()).isEqualTo("1");
        assertThat(tax.percentage()).isNull();
    }

    @Test
    void readsOrdersAndTheirCustomers() {
        data.loadInto(sandbox);

        assertThat(drain(connection.<SalesOrder>source("orders")).byId()).hasSize(600);
        assertThat(drain(connection.<Customer>source("order-customers")).changes())
                .allMatch(change -> change.key().entity().equals("customers"));
    }

    @Test
    void recordsAPaymentAtACustomerOrderInvoiceInEitherForm() {
        data.loadInto(sandbox);
        IfsRow head = sandbox.rows("CustomerOrderInvHeadSet").get(0);
        Payment payment = Payment.builder()
                .key(new RecordKey("pay", "payments", "inpay_1"))
                .allocations(List.of(new Allocation(
                        new RecordKey("pay", "invoices", "in_1"),
                        head.text("SeriesId") + " " + head.text("InvoiceNo"),
                        new Money(head.decimal("GrossCurrAmount"), head.text("Currency")))))
                .amount(new Money(head.decimal("GrossCurrAmount"), head.text("Currency")))
                .paidAt(TestConnection.NOW)
                .status(Payment.Status.SUCCEEDED)
                .build();
        Write<Payment> create =
                new Write.Create<>(payment, new IdempotencyKey("k"), References.NONE, TestConnection.NOW, null);

        for (String form : List.of("fields", "notes")) {
            Sink<Payment> sink =
                    connection.with("receipts", Map.of("record", form)).sink("payments");
            assertThat(sink.write(List.of(create))).singleElement().isInstanceOf(WriteOutcome.Applied.class);
        }

        IfsRow after = sandbox.row("CustomerOrderInvHeadSet", head.text("Company"), head.number("InvoiceId"))
                .orElseThrow();
        assertThat(after.text("Cf_Payment_Status")).isEqualTo("PAID");
        assertThat(sandbox.rows("NotesInfoVirtuals"))
                .singleElement()
                .satisfies(info -> assertThat(info.text("KeyRef"))
                        .isEqualTo("COMPANY=10^INVOICE_ID=" + head.number("InvoiceId") + "^"));
        assertThat(sandbox.rows("FinNotes")).hasSize(1);
    }
}
