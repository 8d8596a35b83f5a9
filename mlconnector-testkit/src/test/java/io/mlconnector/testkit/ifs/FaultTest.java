package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.FORM;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {

    private final SettableClock clock = new SettableClock();
    private final IfsSandbox sandbox =
            IfsSandbox.builder().clock(clock).requestsPerMinute(20).start();
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpRequest.Builder create() {
        return client.request("POST", CUSTOMERS, "{\"CustomerId\":\"7\"}", "Content-Type", "application/json");
    }

    @Test
    void throttlesWithEveryFormOfRetryAfter() {
        sandbox.failNext(1, IfsFault.throttledFor(Duration.ofSeconds(7)));
        sandbox.failNext(1, IfsFault.throttledUntil(Instant.parse("2026-01-15T09:30:20Z")));
        sandbox.failNext(1, IfsFault.throttled());

        List<HttpResponse<String>> responses =
                Stream.generate(() -> client.get(CUSTOMERS)).limit(4).toList();

        assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(429, 429, 429, 200);
        assertThat(responses)
                .extracting(
                        response -> response.headers().firstValue("Retry-After").orElse("none"))
                .containsExactly("7", "Thu, 15 Jan 2026 09:30:20 GMT", "none", "none");
        assertThat(sandbox.traffic().throttled()).isEqualTo(3);
    }

    @Test
    void answersWithTheErrorsOfTheProduct() {
        sandbox.failNext(1, IfsFault.metadataOutdated());
        sandbox.failNext(1, IfsFault.businessError());
        sandbox.failNext(1, IfsFault.recordLocked());
        sandbox.failNext(1, IfsFault.badGateway());
        sandbox.failNext(1, IfsFault.redirectTo(URI.create("https://login.elsewhere.example/")));

        HttpResponse<String> metadata = client.get(CUSTOMERS);
        HttpResponse<String> business = client.get(CUSTOMERS);
        HttpResponse<String> locked = client.get(CUSTOMERS);
        HttpResponse<String> gateway = client.get(CUSTOMERS);
        HttpResponse<String> redirect = client.get(CUSTOMERS);

        assertThat(metadata.statusCode()).isEqualTo(503);
        assertThat(metadata.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(metadata).path("error").path("code").asText()).isEqualTo("MI_MODIFIED_ERROR");
        assertThat(business.statusCode()).isEqualTo(500);
        assertThat(json(business)
                        .path("error")
                        .path("details")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("20111");
        assertThat(locked.body()).contains("FND_LOCKED");
        assertThat(gateway.statusCode()).isEqualTo(502);
        assertThat(gateway.body()).startsWith("<html>");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).contains("https://login.elsewhere.example/");
    }

    @Test
    void dropsTheConnectionBeforeAWrite() {
        sandbox.failNext(1, IfsFault.connectionDropped());

        assertThatThrownBy(() -> client.tryExchange(create())).isInstanceOf(IOException.class);
        assertThat(sandbox.rows("CustomerSet")).isEmpty();
    }

    @Test
    void losesTheAnswerOfAWriteThatTookEffect() {
        sandbox.failNext(1, IfsRequest::isWrite, IfsFault.answerLost());

        assertThatThrownBy(() -> client.tryExchange(create())).isInstanceOf(IOException.class);
        assertThat(sandbox.row("CustomerSet", "7")).isPresent();
        assertThat(client.exchange(create()).body()).contains("FND_RECORD_EXIST");
    }

    @Test
    void answersLaterThanTheClientWaits() {
        sandbox.failNext(1, IfsFault.slow(Duration.ofMinutes(5)));

        assertThatThrownBy(() -> client.tryExchange(create().timeout(Duration.ofMillis(50))))
                .isInstanceOf(HttpTimeoutException.class);
        sandbox.releaseAnswers();
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
    }

    @Test
    void countsRequestsThatRunAtTheSameTime() {
        client.logIn();
        sandbox.failNext(2, IfsFault.slow(Duration.ofMinutes(5)));

        List<CompletableFuture<HttpResponse<String>>> pending = Stream.generate(() -> client.http()
                        .sendAsync(client.request("GET", CUSTOMERS, "").build(), BodyHandlers.ofString()))
                .limit(2)
                .toList();
        while (sandbox.traffic().peakConcurrency() < 2) {
            Thread.onSpinWait();
        }
        while (!pending.stream().allMatch(CompletableFuture::isDone)) {
            sandbox.releaseAnswers();
        }

        assertThat(pending)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(sandbox.traffic().peakConcurrency()).isEqualTo(2);
    }

    @Test
    void cutsAPageInTheMiddle() {
        sandbox.failNext(1, IfsFault.truncatedAnswer());

        HttpResponse<String> response = client.get(CUSTOMERS);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> new ObjectMapper().readTree(response.body())).isInstanceOf(IOException.class);
    }

    @Test
    void strikesOnlyWhereTheConditionHolds() {
        sandbox.failNext(1, IfsRequest::isTokenRequest, IfsFault.badGateway());

        assertThat(client.token(FORM).statusCode()).isEqualTo(502);
        assertThat(client.token(FORM).statusCode()).isEqualTo(200);

        sandbox.failNext(Integer.MAX_VALUE, request -> request.path().contains("Voucher"), IfsFault.badGateway());
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
        assertThat(client.get(SandboxClient.VOUCHERS).statusCode()).isEqualTo(502);
        sandbox.stopFailing();
        assertThat(client.get(SandboxClient.VOUCHERS).statusCode()).isEqualTo(200);
    }

    @Test
    void limitsTheRequestsOfAMinute() {
        client.logIn();
        for (int request = 0; request < 20; request++) {
            assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
        }
        sandbox.advance(Duration.ofSeconds(20));

        HttpResponse<String> refused = client.get(CUSTOMERS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("40");
        sandbox.advance(Duration.ofSeconds(40));
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
    }

    @Test
    void zipsTheAnswerIfAsked() throws Exception {
        HttpRequest request =
                client.request("GET", CUSTOMERS, "", "Accept-Encoding", "gzip").build();

        HttpResponse<byte[]> response = client.http().send(request, BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).endsWith("\"value\":[]}");
    }

    @Test
    void refusesAServiceWithoutGrant() {
        String service = "main/ifsapplications/projection/v1/CustomerHandling.svc";
        sandbox.revoke(service);

        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(403);
        assertThat(client.get(SandboxClient.VOUCHERS).statusCode()).isEqualTo(200);
        sandbox.grant(service);
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
    }
}
