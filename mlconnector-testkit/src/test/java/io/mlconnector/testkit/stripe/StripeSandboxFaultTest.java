package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxFaultTest {

    private static final String CUSTOMERS = "/v1/customers";

    private final StripeSandbox stripe = StripeSandbox.builder()
            .clock(InstantSource.fixed(Instant.parse("2026-08-03T10:00:00Z")))
            .endpointRequestsPerSecond(5)
            .start();
    private final Browser browser = new Browser(stripe);

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void theSameKeyReplaysTheFirstAnswerForADay() throws Exception {
        Browser.Reply first = browser.postWithKey("k", CUSTOMERS, "name=a");
        Browser.Reply second = browser.postWithKey("k", CUSTOMERS, "name=a");
        stripe.advance(Duration.ofHours(25));
        Browser.Reply third = browser.postWithKey("k", CUSTOMERS, "name=a");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(third.id()).isNotEqualTo(first.id());
        assertThat(stripe.customers()).hasSize(2);
    }

    @Test
    void theSameKeyWithOtherParametersIsAnError() throws Exception {
        browser.postWithKey("k", CUSTOMERS, "name=a");

        Browser.Reply reply = browser.postWithKey("k", CUSTOMERS, "name=b");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("error").path("type").asText()).isEqualTo("idempotency_error");
    }

    @Test
    void aKeyIsInUseUntilItsAnswerLeaves() throws Exception {
        HeldCall held = stripe.holdNext((method, path) -> path.equals(CUSTOMERS));
        CompletableFuture<HttpResponse<String>> first = browser.postLater("k", CUSTOMERS, "name=a");
        held.awaitArrival(Duration.ofSeconds(10));

        Browser.Reply meanwhile = browser.postWithKey("k", CUSTOMERS, "name=a");
        held.release();

        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.code()).isEqualTo("idempotency_key_in_use");
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(stripe.peakConcurrency()).isEqualTo(2);
        assertThat(stripe.customers()).hasSize(1);
    }

    @Test
    void aReplayedAnswerIsHeldToo() throws Exception {
        browser.postWithKey("k", CUSTOMERS, "name=a");
        HeldCall held = stripe.holdNext((method, path) -> path.equals(CUSTOMERS));
        CompletableFuture<HttpResponse<String>> repeated = browser.postLater("k", CUSTOMERS, "name=a");

        held.awaitArrival(Duration.ofSeconds(10));
        assertThat(repeated).isNotDone();
        held.release();

        assertThat(repeated.get(10, TimeUnit.SECONDS).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(stripe.customers()).hasSize(1);
    }

    @Test
    void refusedParametersLeaveTheKeyFreeButBrokenRulesAreStored() throws Exception {
        browser.postWithKey("k", CUSTOMERS, "nonsense=a");
        Browser.Reply corrected = browser.postWithKey("k", CUSTOMERS, "name=a");
        browser.postWithKey("m", "/v1/invoices", "customer=cus_gone");
        Browser.Reply again = browser.postWithKey("m", "/v1/invoices", "customer=cus_gone");

        assertThat(corrected.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aStored500IsReplayed() throws Exception {
        stripe.failNext(1, StripeFault.serverErrorAfterEffect());

        Browser.Reply first = browser.postWithKey("k", CUSTOMERS, "name=a");
        Browser.Reply second = browser.postWithKey("k", CUSTOMERS, "name=a");

        assertThat(first.status()).isEqualTo(500);
        assertThat(second.status()).isEqualTo(500);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(stripe.customers()).hasSize(1);
    }

    @Test
    void a503LeavesNothingAndItsKeyIsFree() throws Exception {
        stripe.failNext(1, StripeFault.unavailable());

        Browser.Reply first = browser.postWithKey("k", CUSTOMERS, "name=a");
        Browser.Reply second = browser.postWithKey("k", CUSTOMERS, "name=a");

        assertThat(first.status()).isEqualTo(503);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Idempotent-Replayed")).isNull();
        assertThat(stripe.customers()).hasSize(1);
    }

    @Test
    void aDroppedAnswerLeavesItsEffectAndIsReplayedToTheSameKey() throws Exception {
        stripe.failNext(1, StripeFault.droppedAnswer(), (method, path) -> method.equals("POST"));

        assertThatThrownBy(() -> browser.postWithKey("k", CUSTOMERS, "name=a")).isInstanceOf(IOException.class);
        Browser.Reply again = browser.postWithKey("k", CUSTOMERS, "name=a");

        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(stripe.customers()).hasSize(1);
        assertThat(stripe.requests().get(0).status()).isZero();
    }

    @Test
    void aConnectionDroppedBeforeLeavesNothing() {
        stripe.failNext(1, StripeFault.droppedBefore());

        assertThatThrownBy(() -> browser.post(CUSTOMERS, "name=a")).isInstanceOf(IOException.class);

        assertThat(stripe.customers()).isEmpty();
    }

    @Test
    void tooManyCallsComeInTheirTwoKinds() throws Exception {
        stripe.failNext(1, StripeFault.rateLimited("endpoint-rate"));
        stripe.failNext(1, StripeFault.lockTimeout());

        Browser.Reply limited = browser.postWithKey("k", CUSTOMERS, "name=a");
        Browser.Reply locked = browser.postWithKey("k", CUSTOMERS, "name=a");
        Browser.Reply done = browser.postWithKey("k", CUSTOMERS, "name=a");

        assertThat(limited.header("Stripe-Rate-Limited-Reason")).isEqualTo("endpoint-rate");
        assertThat(limited.code()).isEqualTo("rate_limit");
        assertThat(locked.code()).isEqualTo("lock_timeout");
        assertThat(locked.header("Stripe-Should-Retry")).isEqualTo("true");
        assertThat(done.status()).isEqualTo(200);
        assertThat(stripe.throttled()).isEqualTo(2);
    }

    @Test
    void aProxyAnswersWithHtmlOrWithNothing() throws Exception {
        stripe.failNext(1, StripeFault.badGateway());
        stripe.failNext(1, StripeFault.emptyBadGateway());

        Browser.Reply html = browser.get(CUSTOMERS);
        Browser.Reply empty = browser.get(CUSTOMERS);

        assertThat(html.raw().body()).contains("<html>");
        assertThat(empty.status()).isEqualTo(502);
        assertThat(empty.raw().body()).isEmpty();
    }

    @Test
    void aRateLimitLastsUntilTheNextSecond() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(browser.get(CUSTOMERS).status()).isEqualTo(200);
        }

        Browser.Reply over = browser.get(CUSTOMERS);
        stripe.advance(Duration.ofSeconds(1));

        assertThat(over.status()).isEqualTo(429);
        assertThat(over.header("Stripe-Rate-Limited-Reason")).isEqualTo("endpoint-rate");
        assertThat(browser.get(CUSTOMERS).status()).isEqualTo(200);
    }

    @Test
    void duplicatesShowUpUnderTheirMetadataKey() throws Exception {
        browser.post(CUSTOMERS, "metadata[erp]=1");
        browser.post(CUSTOMERS, "metadata[erp]=1");

        assertThat(stripe.customersByMetadata("erp").get("1")).hasSize(2);
    }
}
