package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.customer;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerSourceTest {

    private final IfsSandbox sandbox = IfsSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsAllThatACustomerHas() {
        sandbox.put("CustomerSet", changed(customer("10041988"), "LastModificationTime", "2026-01-15T09:30:12Z"));

        Change<Customer> change = drain(source()).changes().get(0);

        Customer customer = change.record();
        assertThat(change.version()).startsWith("W/\"");
        assertThat(change.modifiedAt()).isEqualTo("2026-01-15T09:30:12Z");
        assertThat(customer)
                .isEqualTo(Customer.builder()
                        .key(new RecordKey("ifs-test", "customers", "10041988"))
                        .number("10041988")
                        .name("Nordlys Maskin AB")
                        .email("ap@nordlys.example")
                        .billingAddress(new Address("Klippgatan 4", null, "Stockholm", null, "111 64", "SE"))
                        .taxIds(List.of(
                                new TaxId(TaxId.Kind.VAT, "SE556789012301", "SE"),
                                new TaxId(TaxId.Kind.REGISTRATION, "5567890123", "SE")))
                        .language("sv")
                        .currency("SEK")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'B/7", "50% + 1", "R+D", "Nº7/Ü#?", "A&B", "a|b", "*", "東京 1"})
    void readsAndFetchesAwkwardKeys(String id) {
        sandbox.put("CustomerSet", customer("1"));
        sandbox.put("CustomerSet", customer(id));
        sandbox.put("CustomerSet", customer("zzz"));
        Source<Customer> source = TestConnection.to(sandbox).with("pageSize", 1).source("customers");

        Map<String, Customer> records = drain(source).byId();

        assertThat(records).containsOnlyKeys("1", id, "zzz");
        assertThat(source.fetch(id).orElseThrow().record()).isEqualTo(records.get(id));
    }

    @Test
    void fetchesByFilterWhereAGatewayRefusesEncodedSlashes() {
        try (IfsSandbox strict = IfsSandbox.builder().refuseEncodedSlashes().start()) {
            strict.put("CustomerSet", customer("O'B/7"));

            Source<Customer> source = TestConnection.to(strict).source("customers");

            assertThat(source.fetch("O'B/7")).isPresent();
            assertThat(source.fetch("O'B/8")).isEmpty();
        }
    }

    @Test
    void findsNothingUnderAKeyThatDoesNotExist() {
        assertThat(source().fetch("nobody")).isEmpty();
    }

    @Test
    void deliversOnlyWhatChangedAfterTheFirstLoad() {
        sandbox.put("CustomerSet", changed(customer("1"), "LastModificationTime", "2026-01-01T00:00:00Z"));
        sandbox.put("CustomerSet", changed(customer("3"), "LastModificationTime", "2026-01-02T00:00:00Z"));
        Source<Customer> source = source();
        Position position = drain(source).next();

        sandbox.put("CustomerSet", customer("2"));

        assertThat(drain(source, position).byId()).containsOnlyKeys("2", "3"); // 3 lies in the overlap
    }

    @Test
    void readsOverriddenColumnsAndAttributes() {
        sandbox.put("CustomerSet", changed(customer("1"), "Address2", "Nordlys"));
        Source<Customer> source = TestConnection.to(sandbox)
                .entity(
                        "customers",
                        Map.of(
                                "mapping",
                                Map.of(
                                        "name",
                                        Map.of("from", "Address2"),
                                        "attributes.zip",
                                        Map.of("from", "ZipCode"))))
                .source("customers");

        Customer customer = drain(source).records().get(0);

        assertThat(customer.name()).isEqualTo("Nordlys");
        assertThat(customer.attributes().asMap()).containsEntry("zip", "111 64");
        assertThat(source.lineage().rules()).containsKey("billingAddress");
    }

    @Test
    void readsTheCustomersOfChangedOrdersInOneRequest() {
        for (int number = 1; number <= 60; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
            sandbox.put("CustomerOrderSet", changed(Samples.order("P" + number), "CustomerNo", "C" + number % 40));
        }
        Source<Customer> source = TestConnection.to(sandbox).source("order-customers");

        TestConnection.Delivered<Customer> delivered = drain(source);

        assertThat(delivered.byId()).hasSize(39); // C0 does not exist
        assertThat(delivered.changes()).allMatch(change -> change.key().entity().equals("customers"));
        assertThat(sandbox.traffic().requests("CustomerSet")).isLessThanOrEqualTo(2);
    }

    private Source<Customer> source() {
        return TestConnection.to(sandbox).source("customers");
    }
}
