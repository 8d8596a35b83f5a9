package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.customer;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.Stripe;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StripeConnectionTest {

    private static final String RESTRICTED = "rk_test_0123456789abcdefghij";

    private final Fixture fixture = new Fixture(StripeSandbox.builder()
            .addRestrictedKey(RESTRICTED, "customers:write", "invoices:read")
            .start());
    private final StripeSandbox stripe = fixture.stripe;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .filteredOn(provider -> provider.name().equals("stripe"))
                .singleElement()
                .isInstanceOf(StripeConnectorProvider.class);
        assertThat(fixture.connector().writable()).containsExactlyInAnyOrder("customers", "invoices");
        assertThat(fixture.connector().readable())
                .containsExactly("payments", "refunds", "disputes", "credit-notes", "invoice-status");
    }

    @Test
    void namesTheSinksThereAre() {
        assertThatThrownBy(() -> fixture.connector().sink("bills"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("customers, invoices");
    }

    @Test
    void goesOnWithTheOtherKeyWhenOneIsRefusedAndRemembersIt() {
        String old = stripe.apiKey();
        String next = stripe.rollKey();
        fixture.configure(Map.of("apiKey", old, "nextApiKey", next));

        applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
        applied(write(fixture.customers(), fixture.create(customer(2).build(), "k2")));

        assertThat(stripe.requests())
                .extracting(it -> it.status())
                .startsWith(401)
                .containsOnlyOnce(401)
                .endsWith(200, 200);
        assertThat(fixture.connector().check(Set.of("customers")))
                .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo("nextApiKey"));
    }

    @Test
    void stopsWhenBothKeysAreRefused() {
        fixture.configure(Map.of("apiKey", "sk_test_wrongwrongwrong", "nextApiKey", "sk_test_alsowrongalso"));

        assertThatThrownBy(() ->
                        write(fixture.customers(), fixture.create(customer(1).build(), "k1")))
                .isInstanceOf(AuthenticationException.class)
                .satisfies(e -> assertNoSecret(e, "wrongwrong", "alsowrong"));
        assertThat(stripe.requests()).hasSize(2);
    }

    @Test
    void namesTheMissingPermission() {
        fixture.configure(Map.of("apiKey", RESTRICTED));
        fixture.linkedCustomer();

        assertThatThrownBy(() -> write(
                        fixture.invoices(),
                        fixture.create(
                                Fixture.invoice(1, Fixture.line("10", "1.00", "0.19"))
                                        .build(),
                                "k1")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("invoices:write")
                .satisfies(e -> assertNoSecret(e, RESTRICTED));
    }

    @Test
    void checksWhatTheKeyMayDo() {
        fixture.configure(Map.of("apiKey", RESTRICTED));

        List<Finding> findings = fixture.connector().check(Set.of("customers", "invoices"));

        assertThat(findings)
                .filteredOn(it -> it.level() == Finding.Level.FAILED)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.subject()).isEqualTo("/v1/credit_notes");
                    assertThat(it.detail()).contains("credit_notes:read");
                });
        assertThat(findings).extracting(Finding::subject).contains("/v1/customers", "/v1/invoices", "apiKey", "clock");
        assertThat(findings).anySatisfy(it -> assertThat(it.detail()).contains("test mode"));
    }

    @Test
    void checksARefusedKey() {
        fixture.configure(Map.of("apiKey", "sk_test_wrongwrongwrong"));

        assertThat(fixture.connector().check(Set.of("customers")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.level()).isEqualTo(Finding.Level.FAILED);
                    assertThat(it.detail()).contains("401").doesNotContain("wrongwrong");
                });
    }

    @Test
    void endsThePassWhenTheLimitDoesNotLift() {
        stripe.failNext(10, StripeFault.rateLimited("global-rate"));

        assertThatThrownBy(() ->
                        write(fixture.customers(), fixture.create(customer(1).build(), "k1")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("429");
        assertThat(fixture.connector().stats().throttled()).isEqualTo(5);
    }

    @Test
    void saysThatSomethingMayHaveBeenDoneWhenAnsweredByTheNextCallOnly() {
        fixture.linkedCustomer();
        stripe.failNext(10, StripeFault.rateLimited("global-rate"), (method, path) -> path.endsWith("add_lines"));

        WriteOutcome outcome = write(
                fixture.invoices(),
                fixture.create(
                        Fixture.invoice(1, Fixture.line("10", "1.00", "0.19")).build(), "k1"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WriteOutcome.Ambiguous.class,
                        ambiguous -> assertThat(ambiguous.evidence()).contains("POST /v1/invoices"));
    }

    @Test
    void sendsTheKeyTheVersionAndNoTelemetry() throws IOException {
        boolean telemetry = Stripe.enableTelemetry;
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl()));

            applied(write(fixture.customers(), fixture.create(customer(1).build(), "k1")));
            applied(write(fixture.customers(), fixture.create(customer(2).build(), "k2")));

            assertThat(relay.posts("/v1/customers")).hasSize(2).allSatisfy(call -> {
                assertThat(call.headers().get("Authorization")).containsExactly("Bearer " + stripe.apiKey());
                assertThat(call.headers().get("Stripe-version")).containsExactly(Stripe.API_VERSION);
                assertThat(call.headers()).doesNotContainKey("X-stripe-client-telemetry");
                assertThat(call.headers()).doesNotContainKey("X-stripe-client-user-agent");
            });
        }
        assertThat(Stripe.enableTelemetry).isEqualTo(telemetry);
        assertThat(Stripe.apiKey).isNull();
    }

    @Test
    void readsACustomersPageWithoutAKeyInItsErrors() throws IOException {
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl(), "maxRetries", 0));
            relay.answerNext(400, "{\"error\":{\"message\":\"bad key " + stripe.apiKey() + "\"}}");
            Customer record = customer(1).build();

            String reason = Fixture.rejected(write(fixture.customers(), fixture.create(record, "k1")));

            assertThat(reason).contains("bad key ***").doesNotContain(stripe.apiKey());
        }
    }

    @Test
    void takesParametersFromAttributesWhereConfigured() {
        fixture.configure(Map.of(
                "entities",
                Map.of("customers", Map.of("mapping", Map.of("description", Map.of("from", "attributes.segment"))))));
        Customer record = customer(1)
                .attributes(Attributes.of(Map.of("segment", "wholesale", "company", "20")))
                .build();

        applied(write(fixture.customers(), fixture.create(record, "k1")));

        assertThat(stripe.customers().get(0).path("description").asText()).isEqualTo("wholesale");
        assertThat(stripe.customers()
                        .get(0)
                        .path("metadata")
                        .path("erp_company")
                        .asText())
                .isEqualTo("20");
    }

    @Test
    void printsItsMappings() {
        assertThat(StripeConnectorProvider.mappings())
                .containsOnlyKeys(
                        "customers", "invoices", "payments", "refunds", "disputes", "credit-notes", "invoice-status")
                .allSatisfy((entity, table) -> assertThat(table).contains("`key`"));
    }

    @Test
    void namesAllFaultsOfItsSettings() {
        Settings settings = Settings.of(
                "connections.stripe",
                Map.of(
                        "apiKey",
                        "pk_live_abc",
                        "mode",
                        "post",
                        "baseUrl",
                        "http://stripe.example",
                        "metadata",
                        Map.of("key", "a[b]"),
                        "requestPerSecond",
                        3,
                        "entities",
                        Map.of("customers", Map.of("mapping", Map.of("name", Map.of("from", "title"))))));

        assertThatThrownBy(() -> new StripeConnectorProvider().open(settings, fixture.context()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.faults())
                                .hasSize(6)
                                .anySatisfy(fault -> assertThat(fault).contains("apiKey", "publishable"))
                                .anySatisfy(fault -> assertThat(fault).contains("did you mean requestsPerSecond")))
                .satisfies(e -> assertNoSecret(e, "pk_live_abc"));
    }

    @Test
    void takesACallForUndecidedAMinuteLongerThanItWaitsForItsAnswer() {
        fixture.configure(Map.of("readTimeout", "PT20S"));
        assertThat(fixture.invoices().settleTime()).isEqualTo(Duration.ofSeconds(80));

        fixture.configure(Map.of("readTimeout", "PT20S", "settleTime", "PT20S"));
        assertThat(fixture.customers().settleTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(fixture.invoices().settleTime()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void refusesASettleTimeInWhichAnAnswerMayStillCome() {
        assertThatThrownBy(() -> fixture.configure(Map.of("settleTime", "PT59S")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("settleTime must not be shorter than readTimeout, which is PT1M: PT59S");
    }

    @Test
    void choosesTheRateByTheKeyAndPrintsNoSecret() {
        StripeSettings live = StripeSettings.of(Settings.of("s", Map.of("apiKey", "sk_live_abc")));
        StripeSettings test = StripeSettings.of(Settings.of("s", Map.of("apiKey", "rk_test_abc")));

        assertThat(live.requestsPerSecond()).isEqualTo(20);
        assertThat(live.testMode()).isFalse();
        assertThat(test.requestsPerSecond()).isEqualTo(8);
        assertThat(live.toString()).doesNotContain("sk_live");
    }

    private static void assertNoSecret(Throwable fault, String... secrets) {
        for (Throwable link = fault; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain(secrets);
        }
    }
}
