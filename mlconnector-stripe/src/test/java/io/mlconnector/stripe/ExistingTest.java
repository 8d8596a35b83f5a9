package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.customer;
import static io.mlconnector.stripe.Fixture.invoice;
import static io.mlconnector.stripe.Fixture.line;
import static io.mlconnector.stripe.Fixture.rejected;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger that knows nothing, and a Stripe that holds everything already. */
final class ExistingTest {
    private final Fixture fixture = new Fixture();
    private final StripeSandbox stripe = fixture.stripe;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void takesOverACustomerWhoseKeyHasQuotesAndSlashes() {
        RecordKey key = new RecordKey("erp", "customers", "O'B/7 \"50%\\+Søn");
        Customer record = customer(1).key(key).build();
        String id = applied(write(fixture.customers(), fixture.create(record, "k1")));
        loseTheLedger();

        Customer renamed = customer(1).key(key).name("Renamed").build();
        assertThat(applied(write(fixture.customers(), fixture.create(renamed, "k2"))))
                .isEqualTo(id);

        assertThat(stripe.customers())
                .singleElement()
                .satisfies(there -> assertThat(there.path("name").asText()).isEqualTo("Renamed"));
    }

    @Test
    void tellsKeysApartThatDifferInCaseOnly() {
        write(fixture.customers(), fixture.create(keyed("c1"), "k1"));
        loseTheLedger();

        applied(write(fixture.customers(), fixture.create(keyed("C1"), "k2")));

        assertThat(stripe.customers()).hasSize(2);
    }

    @Test
    void createsACustomerAnewThatWasDeletedAndThatSearchStillShows() {
        String id = applied(write(fixture.customers(), fixture.create(keyed("c1"), "k1")));
        write(fixture.customers(), fixture.create(keyed("c2"), "k2"));
        stripe.dashboard().deleteCustomer(id);
        loseTheLedger();

        assertThat(applied(write(fixture.customers(), fixture.create(keyed("c1"), "k3"))))
                .isNotEqualTo(id);
    }

    @Test
    void takesOverADraftAndBringsItInLine() {
        fixture.linkedCustomer();
        String id = create("100.00", "19.00", "k1");
        loseTheLedger();

        assertThat(create("120.00", "22.80", "k2")).isEqualTo(id);

        assertThat(stripe.invoices())
                .singleElement()
                .satisfies(there -> assertThat(there.path("total").asLong()).isEqualTo(14280));
    }

    @Test
    void rejectsAFinalInvoiceOfAnotherAmountInsteadOfDoublingIt() {
        fixture.linkedCustomer();
        fixture.configure(Map.of("mode", "finalize"));
        create("100.00", "19.00", "k1");
        loseTheLedger();

        String reason = rejected(write(fixture.invoices(), fixture.create(record("120.00", "22.80"), "k2")));

        assertThat(reason).contains("142.80 EUR in the ERP", "119.00 EUR in Stripe");
        assertThat(stripe.invoices()).hasSize(1);
    }

    @Test
    void keepsADraftThatSomebodyAddedALineTo() {
        fixture.linkedCustomer();
        String id = create("100.00", "19.00", "k1");
        StripeApiForTests.post(
                stripe, "/v1/invoices/" + id + "/add_lines", "lines[0][amount]=1&lines[0][description]=by+hand");
        loseTheLedger();

        rejected(write(fixture.invoices(), fixture.create(record("100.00", "19.00"), "k2")));

        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.lines(id)).hasSize(2);
    }

    @Test
    void looksOnceIntoAnAccountWithoutAnyKey() {
        for (int number = 1; number <= 5; number++) {
            write(fixture.customers(), fixture.create(keyed("c" + number), "k" + number));
        }

        assertThat(stripe.requestCount("GET", "/v1/customers/search")).isEqualTo(1);
    }

    /** The keys of calls are forgotten too. */
    private void loseTheLedger() {
        stripe.advance(Duration.ofHours(25));
        fixture.configure(Map.of());
    }

    private static Customer keyed(String id) {
        return customer(1).key(new RecordKey("erp", "customers", id)).build();
    }

    private String create(String net, String tax, String key) {
        return applied(write(fixture.invoices(), fixture.create(record(net, tax), key)));
    }

    private static Invoice record(String net, String tax) {
        return invoice(1, line("10", net, tax)).build();
    }
}
