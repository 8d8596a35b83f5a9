package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.customer;
import static io.mlconnector.stripe.Fixture.rejected;
import static io.mlconnector.stripe.Fixture.settle;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.StripeFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CustomerSinkTest {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void mapsEveryField() {
        Customer customer = customer(1)
                .name("N".repeat(300))
                .phone("+49 (0) 221 / 55 50 10 - 77 88")
                .billingAddress(new Address("Hafenstr. 12", null, "Köln", null, "50667", "DE"))
                .shippingAddress(new Address("Am Kai 1", null, "Bremen", null, "28195", "DE"))
                .language("de")
                .taxIds(List.of(
                        new TaxId(TaxId.Kind.VAT, "811 111 111", "DE"), new TaxId(TaxId.Kind.VAT, "A-77", "KP")))
                .active(false)
                .build();

        applied(write(fixture.customers(), fixture.create(customer, "k1")));

        JsonNode there = fixture.stripe.customers().get(0);
        assertThat(there.path("name").asText()).hasSize(256).endsWith("…");
        assertThat(there.path("phone").asText()).isEqualTo("+49022155501077 88".replace(" ", ""));
        assertThat(there.path("address").path("city").asText()).isEqualTo("Köln");
        assertThat(there.path("shipping").path("address").path("line1").asText())
                .isEqualTo("Am Kai 1");
        assertThat(there.path("preferred_locales").path(0).asText()).isEqualTo("de");
        assertThat(there.path("metadata").path("mlc_key").asText()).isEqualTo("erp/customers/C1");
        assertThat(there.path("metadata").path("erp_customer_id").asText()).isEqualTo("101");
        assertThat(there.path("metadata").path("erp_tax_ids").asText()).isEqualTo("KP A-77");
        assertThat(there.path("metadata").path("erp_active").asText()).isEqualTo("false");
        assertThat(fixture.stripe.objects("tax_id"))
                .singleElement()
                .satisfies(taxId -> assertThat(taxId.path("value").asText()).isEqualTo("DE811111111"));
    }

    @Test
    void sendsOnlyChangedFields() throws IOException {
        String id =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        try (Relay relay = new Relay(fixture.stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl()));
            Customer changed = customer(1).phone("+49 221 1").build();

            applied(write(fixture.customers(), fixture.update(changed, id, "k2", "phone")));

            assertThat(relay.posts("/v1/customers/" + id))
                    .singleElement()
                    .satisfies(call -> assertThat(call.form())
                            .isEqualTo(Map.of("phone", "+49 221 1", "metadata[mlc_write]", "1:k2")));
        }
    }

    @Test
    void clearsAnAddressThatIsGone() {
        Customer before = customer(1)
                .billingAddress(new Address("Hafenstr. 12", null, "Köln", null, "50667", "DE"))
                .shippingAddress(new Address("Am Kai 1", null, "Bremen", null, "28195", "DE"))
                .language("de")
                .build();
        String id = applied(write(fixture.customers(), fixture.create(before, "k1")));

        applied(write(
                fixture.customers(),
                fixture.update(customer(1).build(), id, "k2", "billingAddress", "shippingAddress", "language")));

        JsonNode there = fixture.stripe.customers().get(0);
        assertThat(there.path("address").isNull()).isTrue();
        assertThat(there.path("shipping").isNull()).isTrue();
        assertThat(there.path("preferred_locales")).isEmpty();
    }

    @Test
    void replacesOnlyTheTaxIdsThatDiffer() {
        Customer before = customer(1)
                .taxIds(List.of(
                        new TaxId(TaxId.Kind.VAT, "DE811111111", "DE"), new TaxId(TaxId.Kind.VAT, "GB123456789", "GB")))
                .build();
        String id = applied(write(fixture.customers(), fixture.create(before, "k1")));
        String kept = fixture.stripe.objects("tax_id").get(0).path("id").asText();
        Customer after = customer(1)
                .taxIds(List.of(
                        new TaxId(TaxId.Kind.VAT, "DE 811111111", "DE"),
                        new TaxId(TaxId.Kind.VAT, "CHE-123.456.789 MWST", "CH")))
                .build();

        applied(write(fixture.customers(), fixture.update(after, id, "k2", "taxIds")));

        assertThat(fixture.stripe.objects("tax_id"))
                .extracting(taxId -> taxId.path("type").asText())
                .containsExactly("eu_vat", "ch_vat");
        assertThat(fixture.stripe.objects("tax_id").get(0).path("id").asText()).isEqualTo(kept);
    }

    @Test
    void keepsTheTaxIdThatIsThereWhenStripeRefusesTheNewOne() {
        Customer customer = customer(1)
                .taxIds(List.of(new TaxId(TaxId.Kind.VAT, "DE811111111", "DE")))
                .build();
        String id = applied(write(fixture.customers(), fixture.create(customer, "k1")));
        Customer wrong = customer(1)
                .taxIds(List.of(new TaxId(TaxId.Kind.VAT, "not one", "US")))
                .build();

        rejected(write(fixture.customers(), fixture.update(wrong, id, "k2", "taxIds")));

        assertThat(fixture.stripe.objects("tax_id"))
                .extracting(taxId -> taxId.path("value").asText())
                .containsExactly("DE811111111");
    }

    @Test
    void appliesContentThatComesBackWithinADay() {
        String id =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        Customer other = customer(1).phone("2").build();
        Customer first = customer(1).phone("1").build();
        write(fixture.customers(), fixture.update(first, id, "a", "phone"));
        write(fixture.customers(), fixture.update(other, id, "b", "phone"));

        applied(write(fixture.customers(), fixture.update(first, id, "a", "phone")));

        assertThat(fixture.stripe.customers().get(0).path("phone").asText()).isEqualTo("1");
    }

    @Test
    void rejectsAnUpdateOfACustomerThatWasDeletedInStripe() {
        String id =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        fixture.stripe.dashboard().deleteCustomer(id);

        String reason =
                rejected(write(fixture.customers(), fixture.update(customer(1).build(), id, "k2", "name")));

        assertThat(reason).contains("erp/customers/C1", id, "deleted in Stripe", "stale");
    }

    @Test
    void createsACustomerAnewAfterItWasDeletedInStripe() {
        Write.Create<Customer> create = fixture.create(customer(1).build(), "k1");
        String first = applied(write(fixture.customers(), create));
        fixture.stripe.dashboard().deleteCustomer(first);

        String second = applied(write(fixture.customers(), create));

        assertThat(second).isNotEqualTo(first);
        assertThat(fixture.stripe.customers()).hasSize(1);
    }

    @Test
    void marksARemovedCustomerAndDeletesNothing() {
        String id =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        Write.Remove<Customer> remove = fixture.remove(customer(1).build().key(), id, "k2");

        applied(write(fixture.customers(), remove));

        assertThat(fixture.stripe
                        .customers()
                        .get(0)
                        .path("metadata")
                        .path("erp_removed")
                        .asText())
                .isEqualTo("true");
        assertThat(fixture.customers().find(remove)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void findsAnUpdateByItsMarkerAlone() {
        String id =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        Write.Update<Customer> update = fixture.update(customer(1).phone("1").build(), id, "k2", "phone");

        assertThat(fixture.customers().find(update)).isEqualTo(Lookup.ABSENT);
        write(fixture.customers(), update);
        assertThat(fixture.customers().find(update)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void findsACustomerWhoseEmailWasChangedMeanwhile() {
        Write.Create<Customer> create = fixture.create(customer(1).build(), "k1");
        String id = applied(write(fixture.customers(), create));
        fixture.stripe.dashboard().editCustomer(id, Map.of("email", "other@rheinwerk.example"));

        assertThat(fixture.customers().find(create)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void cannotTellWhichOfTwoCustomersIsMeant() {
        Write.Create<Customer> create = fixture.create(customer(1).build(), "k1");
        String one = applied(write(fixture.customers(), create));
        String two =
                applied(write(fixture.customers(), fixture.create(customer(1).build(), "k2")));

        assertThat(fixture.customers().find(create))
                .isInstanceOfSatisfying(
                        Lookup.CannotTell.class,
                        lookup -> assertThat(lookup.why()).contains(one, two));
    }

    @Test
    void looksNoFurtherBackThanTheWriteCanReach() {
        fixture.stripe.advance(Duration.ZERO);
        Write.Create<Customer> early = fixture.create(customer(1).build(), "k1");
        write(fixture.customers(), early);
        fixture.passTime(Duration.ofHours(3));
        Write.Create<Customer> late = fixture.create(customer(2).build(), "k2");

        // The clock of this machine is three hours ahead of Stripe's, which must not matter.
        assertThat(fixture.customers().find(early)).isInstanceOf(Lookup.Found.class);
        assertThat(fixture.customers().find(late)).isEqualTo(Lookup.ABSENT);
    }

    @Test
    void leavesOneCustomerAfterAStoredServerErrorWithEffect() {
        fixture.stripe.failNext(1, StripeFault.serverErrorAfterEffect(), (method, path) -> method.equals("POST"));
        Write.Create<Customer> create = fixture.create(customer(1).build(), "k1");

        WriteOutcome outcome = write(fixture.customers(), create);

        assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.customers().find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(fixture.stripe.customers()).hasSize(1);
    }

    @Test
    void getsPastAStoredServerErrorWithoutEffect() {
        fixture.stripe.failNext(1, StripeFault.serverError(), (method, path) -> method.equals("POST"));
        Write.Create<Customer> create = fixture.create(customer(1).build(), "k1");

        assertThat(write(fixture.customers(), create)).isInstanceOf(WriteOutcome.Ambiguous.class);
        applied(settle(fixture.customers(), create));

        assertThat(fixture.stripe.customers()).hasSize(1);
    }

    @Test
    void looksBeforeItDecidesAboutAKeyUsedWithOtherParameters() {
        applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        Write.Create<Customer> otherContent =
                fixture.create(customer(1).phone("77").build(), "k1");

        applied(write(fixture.customers(), otherContent));

        assertThat(fixture.stripe.customers())
                .singleElement()
                .satisfies(there -> assertThat(there.path("phone").asText()).isEqualTo("77"));
    }

    @Test
    void namesParameterAndRequestOfARefusal() {
        String reason = rejected(write(
                fixture.customers(),
                fixture.create(
                        customer(1)
                                .taxIds(List.of(new TaxId(TaxId.Kind.VAT, "12", "US")))
                                .build(),
                        "k1")));

        assertThat(reason).contains("erp/customers/C1", "tax_id_invalid", "tax_id_data[value]");
    }
}
