package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSandboxRequestTest {

    private static final String RESTRICTED = "rk_test_reader";

    private final StripeSandbox stripe = StripeSandbox.builder()
            .addRestrictedKey(RESTRICTED, "customers:read")
            .start();
    private final Browser browser = new Browser(stripe);

    @AfterEach
    void close() {
        stripe.close();
    }

    @ParameterizedTest
    @CsvSource({
        "unit_amount=5, parameter_unknown, unit_amount",
        "address[street]=x, parameter_unknown, address[street]",
        "email=nobody, email_invalid, email",
        "balance=1.5, parameter_invalid_integer, balance",
        "tax_exempt=maybe, '', tax_exempt",
        "address=here, '', address",
        "phone=123456789012345678901, '', phone",
        "metadata[a_key_that_is_far_longer_than_forty_characters]=x, '', "
                + "metadata[a_key_that_is_far_longer_than_forty_characters]",
        "shipping[name]=x, parameter_missing, shipping[address]",
        "balance=, parameter_invalid_empty, balance",
        "invoice_settings[custom_fields][0][name]=x, parameter_missing, invoice_settings[custom_fields][0][value]",
        "tax_id_data[0][type]=nope, '', tax_id_data[0][type]",
        "expand[0]=nonsense, '', expand"
    })
    void refusesParametersThatStripeRefuses(String pair, String code, String param) throws Exception {
        Browser.Reply reply = browser.post("/v1/customers", pair);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.param()).isEqualTo(param);
        assertThat(reply.body().path("error").path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(stripe.customers()).isEmpty();
    }

    @Test
    void refusesAnUnknownCurrencyAndABadBoolean() throws Exception {
        String customer = browser.post("/v1/customers").id();

        assertThat(browser.post("/v1/invoices", "customer=" + customer, "currency=xyz")
                        .param())
                .isEqualTo("currency");
        assertThat(browser.post("/v1/invoices", "customer=" + customer, "auto_advance=yes")
                        .param())
                .isEqualTo("auto_advance");
    }

    @Test
    void refusesMoreThanFiftyMetadataKeysAlsoAfterMerging() throws Exception {
        List<String> fifty = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            fifty.add("metadata[k" + i + "]=v");
        }
        String customer =
                browser.post("/v1/customers", fifty.toArray(new String[0])).id();

        Browser.Reply merged = browser.post("/v1/customers/" + customer, "metadata[one_more]=v");

        assertThat(merged.status()).isEqualTo(400);
        assertThat(stripe.customers().get(0).path("metadata")).hasSize(50);
    }

    @Test
    void refusesABodyThatIsNoForm() throws Exception {
        HttpRequest json = browser.request("/v1/customers")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        assertThat(browser.send(json).status()).isEqualTo(400);
    }

    @Test
    void readsNumberedAndUnnumberedArrays() throws Exception {
        Browser.Reply numbered =
                browser.post("/v1/customers", "preferred_locales[1]=en", "preferred_locales[0]=de", "expand[]=tax_ids");
        Browser.Reply unnumbered = browser.post(
                "/v1/customers",
                "tax_id_data[][type]=eu_vat",
                "tax_id_data[][value]=DE123456789",
                "tax_id_data[][type]=gb_vat",
                "tax_id_data[][value]=GB123456789",
                "expand[]=tax_ids");

        assertThat(numbered.body().path("preferred_locales").get(0).asText()).isEqualTo("de");
        assertThat(unnumbered.body().path("tax_ids").path("data")).hasSize(2);
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        Browser.Reply reply = browser.get("/v1/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().path("error").path("type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void aWrongKeyIsUnauthorizedAndARolledOneExpired() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(browser.request("/v1/customers").build(), (n, v) -> false);
        Browser.Reply wrong = browser.send(request.copy()
                .header("Authorization", "Bearer sk_test_wrong_key")
                .build());
        String old = stripe.apiKey();
        String fresh = stripe.rollKey();
        Browser.Reply expired = browser.send(
                request.copy().header("Authorization", "Bearer " + old).build());

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(expired.code()).isEqualTo("api_key_expired");
        assertThat(fresh).startsWith("sk_test_").isNotEqualTo(old);
        assertThat(browser.get("/v1/customers").status()).isEqualTo(200);
    }

    @Test
    void aRestrictedKeyMayDoOnlyWhatItIsPermitted() throws Exception {
        HttpRequest.Builder read = HttpRequest.newBuilder(
                        browser.request("/v1/customers").build(), (n, v) -> false)
                .header("Authorization", "Bearer " + RESTRICTED);

        Browser.Reply write = browser.send(
                read.copy().POST(HttpRequest.BodyPublishers.noBody()).build());

        assertThat(browser.send(read.build()).status()).isEqualTo(200);
        assertThat(write.status()).isEqualTo(403);
        assertThat(write.body().path("error").path("message").asText()).contains("customers:write");
    }

    @Test
    void answersCarryARequestIdAndEchoTheVersion() throws Exception {
        Browser.Reply reply = browser.send(browser.request("/v1/customers")
                .header("Stripe-Version", "2026-07-29.dahlia")
                .build());

        assertThat(reply.header("Request-Id")).startsWith("req_");
        assertThat(reply.header("Stripe-Version")).isEqualTo("2026-07-29.dahlia");
        assertThat(reply.header("Date")).isNotNull();
        assertThat(stripe.requests().get(0).stripeVersion()).isEqualTo("2026-07-29.dahlia");
        assertThat(stripe.requestCount("GET", "/v1/customers")).isEqualTo(1);
    }
}
