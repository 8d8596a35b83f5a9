package io.mlconnector.cloudsuite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandboxBuilder;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final List<Map<String, String>> LINES = List.of(
            Map.of("IVRF", "1", "ORNO", "0010000001", "AMT2", "70.00", "VTAM", "14.00", "VTP1", "20.00"),
            Map.of("IVRF", "2", "ORNO", "0010000001", "AMT2", "30.00", "VTAM", "6.00", "VTP1", "20.00"));

    @Test
    void readsACustomerWithWhatStripeNeeds() {
        try (Tenant tenant = new Tenant(CloudSuiteSandboxBuilder::withPaddedValues)) {
            tenant.sandbox.customer(
                    "C0001002",
                    "CUNM",
                    "Hafen Logistik GmbH",
                    "CSCD",
                    "DE",
                    "VRNO",
                    "DE811111111",
                    "STAT",
                    "90",
                    "MAIL",
                    "ap@hafen.example",
                    "PYNO",
                    "C0001001");

            Customer customer = Tenant.<Customer>drain(tenant.source("customers"), Position.START)
                    .record("C0001002");

            assertThat(customer.name()).isEqualTo("Hafen Logistik GmbH");
            assertThat(customer.email()).isEqualTo("ap@hafen.example");
            assertThat(requireNonNull(customer.billingAddress()).country()).isEqualTo("DE");
            assertThat(customer.taxIds())
                    .singleElement()
                    .satisfies(id -> assertThat(id.value()).isEqualTo("DE811111111"));
            assertThat(customer.active()).isFalse();
            assertThat(customer.attributes().value("payer")).contains("C0001001");
        }
    }

    @Test
    void readsOnlyCustomersThatChangedByTheServersClock() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            tenant.sandbox.customer("C2");
            tenant.clock.sleep(Duration.ofHours(1));
            Source<Customer> source = tenant.source("customers");
            Position end = Tenant.drain(source, Position.START).next();
            tenant.clock.sleep(Duration.ofHours(1));
            tenant.sandbox.customer("C2", "CUNM", "New name");

            assertThat(Tenant.drain(source, end).ids()).containsExactly("C2");
        }
    }

    @Test
    void putsACustomerAsideThatCannotBeRead() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1", "CSCD", "GBR");
            tenant.sandbox.customer("C2");

            Tenant.Delivered<Customer> read = Tenant.drain(tenant.source("customers"), Position.START);

            assertThat(read.ids()).containsExactly("C2");
            assertThat(read.malformed())
                    .singleElement()
                    .satisfies(bad ->
                            assertThat(bad.faults()).singleElement().asString().contains("CSCD", "GBR"));
        }
    }

    @Test
    void readsAnInvoiceWithLinesTaxAndAccounts() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.invoice(
                    "C1", "100004711", 2026, LINES, "CUAM", "120.00", "VTAM", "20.00", "DUDT", "20260219");

            Invoice invoice = Tenant.<Invoice>drain(tenant.source("invoices"), Position.START)
                    .record("AAA|C1|C1|100004711|2026");

            assertThat(invoice.number()).isEqualTo("100004711");
            assertThat(invoice.dueOn()).isEqualTo(LocalDate.of(2026, 2, 19));
            assertThat(invoice.total()).isEqualTo(Money.of("120.00", "EUR"));
            assertThat(invoice.net()).isEqualTo(Money.of("100.00", "EUR"));
            assertThat(invoice.lines()).hasSize(2).allSatisfy(line -> {
                assertThat(requireNonNull(line.tax()).percentage()).isEqualByComparingTo("20");
                assertThat(requireNonNull(line.coding()).account()).isEqualTo("3010");
            });
            assertThat(invoice.orderNumbers()).containsExactly("0010000001");
            assertThat(invoice.status()).isEqualTo(Invoice.Status.OPEN);
        }
    }

    @Test
    void makesOneLineWhereTheLinesDoNotAddUp() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.invoice("C1", "4711", 2026, LINES, "CUAM", "130.00", "VTAM", "20.00");

            Invoice invoice = Tenant.<Invoice>drain(tenant.source("invoices"), Position.START)
                    .record("AAA|C1|C1|4711|2026");

            assertThat(invoice.lines()).singleElement().satisfies(line -> {
                assertThat(line.description()).isEqualTo("Invoice 4711");
                assertThat(line.net()).isEqualTo(Money.of("110.00", "EUR"));
            });
        }
    }

    @Test
    void keepsInvoicesOfOneNumberApartByTheirYear() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.invoice("C1", "4711", 2025, "CUAM", "10.00");
            tenant.sandbox.invoice("C1", "4711", 2026, "CUAM", "20.00");

            assertThat(Tenant.<Invoice>drain(tenant.source("invoices"), Position.START)
                            .ids())
                    .containsExactlyInAnyOrder("AAA|C1|C1|4711|2025", "AAA|C1|C1|4711|2026");
        }
    }

    @Test
    void tellsThatAnInvoiceIsPaid() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.invoice("C1", "4711", 2026, "CUAM", "10.00");
            Source<Invoice> source = tenant.source("invoices");
            Position end = Tenant.drain(source, Position.START).next();
            tenant.sandbox.invoice("C1", "4711", 2026, "RECO", "9", "OCUA", "0.00");

            assertThat(Tenant.drain(source, end).record("AAA|C1|C1|4711|2026").status())
                    .isEqualTo(Invoice.Status.PAID);
        }
    }

    @Test
    void refusesAListThatMayBeCut() {
        try (Tenant tenant = new Tenant().with("listLimit", 3)) {
            for (int number = 0; number < 5; number++) {
                tenant.sandbox.invoice("C1", "47" + number, 2026, "CUAM", "10.00");
            }
            Source<Invoice> source = tenant.source("invoices");

            assertThatThrownBy(() -> source.poll(Position.START))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("raise listLimit");
        }
    }
}
