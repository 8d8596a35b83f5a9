package io.mlconnector.syspro;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.syspro.Fixture.Delivered;
import io.mlconnector.testkit.syspro.SysproFault;
import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableSourceTest {

    private Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void restart(SysproSandbox.Builder builder) {
        fixture.close();
        fixture = new Fixture(builder);
    }

    private Delivered<Invoice> invoices() {
        return Fixture.drain(fixture.source("invoices"), Position.START);
    }

    @Test
    void readsACustomerWithAddressAndTaxNumber() {
        var row = new LinkedHashMap<String, Object>();
        row.put("Customer", Fixture.CUSTOMER);
        row.put("Email", "ar@example.co.za");
        row.put("Telephone", "+27 21 555 0100");
        row.put("SoldToAddr1", "1 Long Street");
        row.put("SoldToAddr2", "  ");
        row.put("SoldToAddr3", "Cape Town");
        row.put("SoldPostalCode", "8001");
        row.put("CompanyTaxNumber", "4123456789");
        row.put("TermsCode", "30");
        fixture.sandbox.put("ArCustomer", row);

        Delivered<Customer> read = Fixture.drain(fixture.source("customers"), Position.START);

        assertThat(read.records()).singleElement().satisfies(customer -> {
            assertThat(customer.key().id()).isEqualTo(Fixture.CUSTOMER);
            assertThat(customer.number()).isEqualTo("12");
            assertThat(customer.name()).isEqualTo("Müller & Söhne <Kapstadt>");
            assertThat(customer.billingAddress())
                    .isEqualTo(new Address("1 Long Street", null, "Cape Town", null, "8001", "ZA"));
            assertThat(customer.taxIds()).containsExactly(new TaxId(TaxId.Kind.VAT, "4123456789", "ZA"));
            assertThat(customer.currency()).isEqualTo("ZAR");
            assertThat(customer.paymentTerms()).isEqualTo("30");
        });
    }

    @Test
    void aLineOfAnAddressThatIsNoCountryIsNone() {
        fixture.sandbox.put(
                "ArCustomer",
                Map.of("Customer", Fixture.CUSTOMER, "SoldToAddr1", "1 Long Street", "SoldToAddr5", "Back entrance"));

        Delivered<Customer> read = Fixture.drain(fixture.source("customers"), Position.START);

        assertThat(read.malformed()).isEmpty();
        assertThat(requireNonNull(read.records().get(0).billingAddress()).country())
                .isNull();
    }

    @Test
    void readsAnInvoiceWithItsLines() {
        fixture.with("terms", Map.of("30", 30));
        fixture.invoice(1, "1250.00");
        fixture.sandbox.put("ArInvoice", changed(1, "TaxPortion", "250.00"));
        fixture.line(Fixture.CUSTOMER, Fixture.number(1), 1, "900.00", "225.00");
        fixture.line(Fixture.CUSTOMER, Fixture.number(1), 2, "100.00", "25.00");
        fixture.line(Fixture.CUSTOMER, Fixture.number(1), 3, "0.00", "0.00");

        assertThat(invoices().records()).singleElement().satisfies(invoice -> {
            assertThat(invoice.key().id()).isEqualTo("000000000000012|000000000100001|I");
            assertThat(invoice.number()).isEqualTo("100001");
            assertThat(invoice.customer().id()).isEqualTo(Fixture.CUSTOMER);
            assertThat(invoice.net()).isEqualTo(Money.of("1000", "ZAR"));
            assertThat(invoice.tax()).isEqualTo(Money.of("250", "ZAR"));
            assertThat(invoice.issuedOn()).isEqualTo(LocalDate.of(2026, 3, 12));
            assertThat(invoice.dueOn()).isEqualTo(LocalDate.of(2026, 4, 11));
            assertThat(invoice.status()).isEqualTo(Invoice.Status.OPEN);
            assertThat(invoice.lines())
                    .extracting(LineItem::product, LineItem::net)
                    .containsExactly(tuple("B100-1", Money.of("900", "ZAR")), tuple("B100-2", Money.of("100", "ZAR")));
        });
    }

    @Test
    void readsTheLinesOfAForeignInvoiceByWhatWasPosted() {
        fixture.invoice(1, "115.00");
        fixture.sandbox.put("ArInvoice", changed(1, "TaxPortion", "15.00"));
        fixture.sandbox.put("ArInvoice", changed(1, "PostCurrency", "EUR"));
        for (int line = 1; line <= 3; line++) {
            fixture.line(Fixture.CUSTOMER, Fixture.number(1), line, "660.00", "99.00");
            fixture.sandbox.put("ArTrnDetail", lineChange(line, "PostValue", line == 3 ? "33.34" : "33.33"));
        }

        assertThat(invoices().records()).singleElement().satisfies(invoice -> {
            assertThat(invoice.lines())
                    .extracting(LineItem::net)
                    .containsExactly(Money.of("33.33", "EUR"), Money.of("33.33", "EUR"), Money.of("33.34", "EUR"));
            assertThat(invoice.lines().stream()
                            .map(line -> requireNonNull(line.tax()).amount())
                            .reduce(Money::plus))
                    .contains(Money.of("15", "EUR"));
        });
    }

    @Test
    void putsAsideAnInvoiceWhoseLinesDoNotAddUpToIt() {
        fixture.invoice(1, "1250.00");
        fixture.line(Fixture.CUSTOMER, Fixture.number(1), 1, "900.00", "0");

        Delivered<Invoice> read = invoices();

        assertThat(read.records()).isEmpty();
        assertThat(read.malformed())
                .singleElement()
                .satisfies(malformed ->
                        assertThat(malformed.faults().get(0)).contains("must add up", "1250.00 ZAR", "900.00"));
    }

    @Test
    void anInvoiceWithoutLinesHasASingleOne() {
        fixture.invoice(1, "1250.00");

        assertThat(invoices().records().get(0).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.net()).isEqualTo(Money.of("1250", "ZAR")));
    }

    @Test
    void leavesOutCreditNotesAndCashWithoutInvoiceAndWhatWasPaidBefore() {
        fixture.invoice(1, "10.00");
        fixture.row(Fixture.CUSTOMER, Fixture.number(1), "C", "-10.00");
        fixture.row(Fixture.CUSTOMER, "_CRD01", "I", "10.00");
        fixture.invoice(2, "10.00");
        fixture.sandbox.put("ArInvoice", changed(2, "InvoiceBal1", "0"));
        fixture.invoice(3, "10.00");
        fixture.sandbox.put("ArInvoice", changed(3, "InvoiceBal1", "0"));
        fixture.sandbox.put("ArInvoice", changed(3, "InvoiceDate", "2025-12-31T00:00:00Z"));

        assertThat(invoices().records())
                .extracting(Invoice::number, Invoice::status)
                .containsExactlyInAnyOrder(tuple("100001", Invoice.Status.OPEN), tuple("100002", Invoice.Status.PAID));
    }

    @Test
    void putsAsideACurrencyWithoutMapping() {
        fixture.invoice(1, "10.00");
        fixture.sandbox.put("ArInvoice", changed(1, "PostCurrency", "$"));

        assertThat(invoices().malformed())
                .singleElement()
                .satisfies(malformed -> assertThat(malformed.faults().get(0))
                        .contains("total.currency (PostCurrency)", "setting currencies", "'$'"));
    }

    @Test
    void readsBothWhenNumbersOfTwoCustomersAreTheSame() {
        fixture.customer("000000000000013", "Other");
        fixture.invoice(1, "10.00");
        fixture.row("000000000000013", Fixture.number(1), "I", "20.00");
        fixture.line(Fixture.CUSTOMER, Fixture.number(1), 1, "10.00", "0");
        fixture.line("000000000000013", Fixture.number(1), 2, "20.00", "0");

        assertThat(invoices().records())
                .extracting(invoice -> invoice.lines().get(0).product())
                .containsExactlyInAnyOrder("B100-1", "B100-2");
    }

    /** The measure: an idle poll costs at most two requests for a set, and one once all is quiet. */
    @Test
    void aPollWithoutAChangeCostsAtMostTwoRequestsForASet() {
        for (int number = 1; number <= 40; number++) {
            fixture.invoice(number, "10.00");
        }
        for (String entity : List.of("customers", "invoices")) {
            Source<?> source = fixture.source(entity);
            String table = entity.equals("customers") ? "ArCustomer" : "ArInvoice";
            Position position = Fixture.drain(source, Position.START).next();
            long last = 0;
            for (int poll = 1; poll <= 5; poll++) {
                fixture.sandbox.advance(Duration.ofMinutes(10));
                fixture.sandbox.forgetRequests();
                position = Fixture.drain(source, position).next();
                assertThat(fixture.sandbox.requests()).allMatch(request -> request.kind() == Kind.READ);
                Map<String, Long> perSet = fixture.sandbox.requests().stream()
                        .collect(Collectors.groupingBy(request -> request.subject(), Collectors.counting()));
                assertThat(perSet.values()).allMatch(count -> count <= 2);
                last = perSet.getOrDefault(table, 0L);
            }
            assertThat(last).isEqualTo(1);
        }
    }

    @Test
    void aChangeThatBecomesVisibleLateIsFoundByTheOverlapOfVersions() {
        fixture.invoice(1, "10.00");
        Runnable commit = fixture.sandbox.begin(
                "ArInvoice",
                Map.of(
                        "Customer", Fixture.CUSTOMER,
                        "Invoice", Fixture.number(1),
                        "DocumentType", "I",
                        "CurrencyValue", "15.00",
                        "InvoiceBal1", "15.00"));
        fixture.invoice(2, "20.00");
        Source<Invoice> source = fixture.source("invoices");
        Position position = Fixture.drain(source, Position.START).next();

        commit.run(); // its version lies below the newest one that was read

        assertThat(Fixture.drain(source, position).records())
                .filteredOn(invoice -> invoice.number().equals("100001"))
                .extracting(invoice -> invoice.total().amount().toPlainString())
                .containsExactly("15.00");
    }

    @Test
    void readsOnWhenABodyIsCutOff() {
        fixture.invoice(1, "10.00");
        fixture.sandbox.failNext(1, request -> request.subject().equals("ArInvoice"), SysproFault.answerCut());

        assertThat(invoices().records()).hasSize(1);
    }

    @Test
    void namesTheTableThatIsNotThereAndTheVersionThatIsNoNumber() {
        fixture.with("changes", "scan").with("entities", Map.of("invoices", Map.of("table", "ArInvoices")));
        assertThatThrownBy(this::invoices)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no table ArInvoices");

        restart(SysproSandbox.builder().versionsAsBytes());
        fixture.with("changes", "row-version");
        assertThatThrownBy(this::invoices)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Edm.Binary")
                .hasMessageContaining("CAST(TimeStamp AS bigint)");

        restart(SysproSandbox.builder());
        fixture.with("changes", "dates");
        assertThatThrownBy(() -> Fixture.drain(fixture.source("customers"), Position.START))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LastModifiedDate");
    }

    @Test
    void refusesAWrongPasswordWithoutShowingIt() {
        fixture.with("password", "wr0ng-s3cret");

        assertThatThrownBy(this::invoices)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageNotContaining("s3cret");
    }

    private static Map<String, Object> changed(int number, String column, Object value) {
        return Map.of(
                "Customer", Fixture.CUSTOMER, "Invoice", Fixture.number(number), "DocumentType", "I", column, value);
    }

    private static Map<String, Object> lineChange(int line, String column, Object value) {
        return Map.of(
                "TrnYear",
                "2026",
                "TrnMonth",
                "03",
                "Register",
                "00017",
                "Invoice",
                Fixture.number(1),
                "SummaryLine",
                "00001",
                "DetailLine",
                "%05d".formatted(line),
                column,
                value);
    }
}
