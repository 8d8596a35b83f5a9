package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionState;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {

    private final VirtualTime time = new VirtualTime();
    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpApi.Builder api() {
        return HttpApi.builder(time.context());
    }

    private HttpCall read() {
        return HttpCall.get(server.uri("/rows?token=topsecret"), "read rows").build();
    }

    private HttpCall write(Repeat repeat) {
        return HttpCall.of("POST", server.uri("/rows"), "create row 7")
                .repeat(repeat)
                .header("Idempotency-Key", "k7")
                .body("{}", "application/json")
                .build();
    }

    @Test
    void sendsHeadersAndBodyAndReturnsTheAnswer() {
        server.then(404, "no such row é", "Content-Type: text/plain; charset=utf-8", "X-Request-Id: req-1");
        HttpApi api = api().userAgent("acme/1")
                .authenticator(Authenticator.bearer(Secret.of("t0ken")))
                .build();

        HttpAnswer answer = api.send(write(Repeat.ONCE));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.success()).isFalse();
        assertThat(answer.text()).isEqualTo("no such row é");
        assertThat(answer.requestId()).contains("req-1");
        StubServer.Seen seen = server.seen().get(0);
        assertThat(seen.body()).isEqualTo("{}");
        assertThat(seen.header("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(seen.header("User-agent")).isEqualTo("acme/1");
        assertThat(seen.header("Accept-encoding")).isEqualTo("gzip");
        assertThat(seen.header("Content-type")).isEqualTo("application/json");
    }

    @Test
    void retriesAReadThatMeetsAServerError() {
        server.then(502, "").then(503, "").then(200, "ok");
        HttpApi api = api().build();

        assertThat(api.send(read()).text()).isEqualTo("ok");

        assertThat(api.stats().requests()).isEqualTo(3);
        assertThat(api.stats().retries()).isEqualTo(2);
        assertThat(api.stats().bytesReceived()).isEqualTo(2);
        assertThat(api.stats().waited()).isEqualTo(time.elapsed()).isPositive();
    }

    @Test
    void givesUpWhenTheAttemptsAreSpent() {
        server.then(500, "", "Request-Id: req-9");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api().build().send(read()))
                .withMessageContaining("read rows")
                .withMessageContaining("status 500, after 5 attempts")
                .satisfies(e -> assertThat(e.remoteCode()).contains("500"))
                .satisfies(e -> assertThat(e.requestId()).contains("req-9"))
                .satisfies(e -> assertThat(e.connection()).contains("acme-prod"))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
        assertThat(server.seen()).hasSize(5);
    }

    @Test
    void givesUpWhenTheBudgetOfTheCallIsSpent() {
        server.then(503, "", "Retry-After: 30");
        HttpApi api = api().backoff(Backoff.ofDefaults().withAttempts(100).withBudget(Duration.ofMinutes(2)))
                .build();

        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> api.send(read()));

        assertThat(server.seen()).hasSize(5);
        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void neverRepeatsAOnceCallWhoseOutcomeIsUnknown() {
        server.then(500, "");

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> api().build().send(write(Repeat.ONCE)))
                .satisfies(e -> assertThat(e.evidence()).contains("status 500", "create row 7"));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void repeatsAOnceCallThatWasThrottled() {
        server.then(429, "").then(201, "made");

        HttpApi api = api().build();

        assertThat(api.send(write(Repeat.ONCE)).followsUncertainAttempt()).isFalse();
        assertThat(api.stats().throttled()).isEqualTo(1);
    }

    @Test
    void tellsThatAConflictMayComeFromOurOwnEarlierAttempt() {
        server.then(504, "").then(412, "stale");
        HttpCall patch = HttpCall.of("PATCH", server.uri("/rows/7"), "update row 7")
                .header("If-Match", "W/\"1\"")
                .repeat(Repeat.CONDITIONAL)
                .build();

        HttpAnswer answer = api().build().send(patch);

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.followsUncertainAttempt()).isTrue();
    }

    @Test
    void callsAWriteUnknownAndNotMerelyUnavailableWhenItsAttemptsAreSpent() {
        server.then(502, "");

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> api().build().send(write(Repeat.KEYED)));
        assertThat(server.seen())
                .hasSize(5)
                .allMatch(it -> it.header("Idempotency-key").equals("k7"));
    }

    @Test
    void callsAWriteUnknownWhenItsRepetitionIsRefusedForItsCredentials() {
        server.then(502, "").then(401, "");
        HttpApi api = api().authenticator(Authenticator.basic("me", Secret.of("pass")))
                .build();

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> api.send(write(Repeat.KEYED)))
                .withMessageContaining("502")
                .withMessageContaining("credentials refused");
    }

    @Test
    void letsTheClassifierDecide() {
        server.then(500, "DATABASE_ERROR");
        Classifier business =
                answer -> answer.text().equals("DATABASE_ERROR") ? Verdict.FINAL : Classifier.DEFAULT.classify(answer);

        assertThat(api().classifier(business).build().send(write(Repeat.ONCE)).status())
                .isEqualTo(500);
    }

    @Test
    void failsAtOnceWhenStaticCredentialsAreRefused() {
        server.then(401, "");
        HttpApi api = api().authenticator(Authenticator.basic("me", Secret.of("pass")))
                .build();

        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> api.send(read()))
                .withMessageContaining("401")
                .satisfies(e -> assertThat(e.remoteCode()).contains("401"));
        assertThat(server.seen()).hasSize(1);
        assertThat(server.seen().get(0).header("Authorization")).isEqualTo("Basic bWU6cGFzcw==");
    }

    @Test
    void decodesGzip() throws IOException {
        byte[] packed = gzip("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        server.then(StubServer.bytes(200, packed, "Content-Encoding: gzip"));
        HttpApi api = api().build();

        assertThat(api.send(read()).text()).hasSize(10_000);
        assertThat(api.stats().bytesReceived()).isEqualTo(packed.length);
    }

    @Test
    void stopsADecompressionBomb() throws IOException {
        server.then(StubServer.bytes(200, gzip(new byte[5_000_000]), "Content-Encoding: gzip"));

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api().maxBody(100_000).build().send(read()))
                .withMessageContaining("more than 100000 bytes");
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void stopsABodyThatIsTooLarge() {
        server.then(200, "y".repeat(2000));

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api().maxBody(1000).build().send(read()))
                .withMessageContaining("more than 1000 bytes");
    }

    @Test
    void followsRedirectsWithinTheOriginAlone() {
        server.then(302, "", "Location: /elsewhere").then(200, "there");

        assertThat(api().build().send(read()).text()).isEqualTo("there");
        assertThat(server.seen().get(1).path()).isEqualTo("/elsewhere");
    }

    @Test
    void refusesARedirectToAnotherOriginWithoutShowingItsQuery() {
        server.then(302, "", "Location: https://login.example.com/?state=topsecret");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api().build().send(read()))
                .withMessageContaining("https://login.example.com:443")
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void stopsAfterFiveRedirects() {
        server.then(302, "", "Location: /again");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api().build().send(read()))
                .withMessageContaining("more than 5 redirects");
        assertThat(server.seen()).hasSize(6);
    }

    @Test
    void handsTheRedirectOfAWriteToTheCaller() {
        server.then(303, "", "Location: /elsewhere");

        assertThat(api().build().send(write(Repeat.ONCE)).status()).isEqualTo(303);
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void requiresHttpsUnlessTheHostIsLoopback() {
        for (String uri :
                new String[] {"http://example.com/", "http://127.evil.example/", "http://localhost.example/"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> api().build()
                            .send(HttpCall.get(URI.create(uri), "read").build()))
                    .withMessageContaining("https is required");
        }
    }

    @Test
    void refusesOriginsThatAreNotItsOwn() {
        HttpApi api = api().addOrigin(URI.create("https://acme.example/base")).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.send(read()))
                .withMessageContaining("not an origin of this connection");
    }

    @Test
    void refusesToRunWhereTheJdkRepeatsWrites() {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        try {
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> api().build());
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }

    @Test
    void asksTheQuotaForEveryAttempt() {
        server.then(500, "").then(200, "ok");
        TokenBucket quota = TokenBucket.builder()
                .addLimit(1, Duration.ofMinutes(1), 1)
                .clock(time)
                .build();

        api().quota(quota).build().send(read());

        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void tellsHowItsConnectionStandsUntilACallIsAnsweredAgain() {
        server.then(401, "").then(401, "").then(200, "ok").then(429, "", "Retry-After: 7200");
        HttpApi api = api().backoff(Backoff.ofDefaults().withAttempts(1)).build();
        assertThat(api.stats().state()).isEqualTo(ConnectionState.FINE);

        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> api.send(read()));
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> api.send(read()));

        assertThat(api.stats().state()).satisfies(refused -> {
            assertThat(refused.failures()).isEqualTo(2);
            assertThat(refused.refused()).isTrue();
            assertThat(refused.failure()).contains("status 401").doesNotContain("topsecret");
        });

        api.send(read());

        assertThat(api.stats().state()).isEqualTo(ConnectionState.FINE);

        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> api.send(read()));

        assertThat(api.stats().state()).satisfies(throttled -> {
            assertThat(throttled.failures()).isEqualTo(1);
            assertThat(throttled.refused()).isFalse();
            assertThat(throttled.paused()).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void showsEveryCallToTheObserver() {
        server.then(503, "").then(200, "ok").then(500, "");
        var seen = new ArrayList<String>();
        HttpApi api = HttpApi.builder(time.context().withObserver(new Observer() {
                    @Override
                    public Ending call(String connection, String method, String operation) {
                        seen.add(connection + " " + method + " " + operation);
                        return (outcome, failure) -> seen.add(outcome + (failure == null ? "" : ", failed"));
                    }
                }))
                .build();

        api.send(read());
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> api.send(write(Repeat.ONCE)));

        assertThat(seen)
                .containsExactly(
                        "acme-prod GET read rows",
                        "200",
                        "acme-prod POST create row 7",
                        "OutcomeUnknownException, failed");
    }
}
