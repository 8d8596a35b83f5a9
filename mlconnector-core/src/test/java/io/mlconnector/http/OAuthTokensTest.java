package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthTokensTest {

    private final VirtualTime time = new VirtualTime();
    private final StubServer iam = new StubServer();
    private final StubServer erp = new StubServer();
    private final AtomicInteger issued = new AtomicInteger();
    private final OAuthTokens tokens = OAuthTokens.clientCredentials(
                    time.context(), iam.uri("/token"), "mlc", Secret.of("s3cr&t"))
            .scope("openid microprofile-jwt")
            .build();
    private final HttpApi api =
            HttpApi.builder(time.context()).authenticator(tokens).build();

    @AfterEach
    void stop() {
        iam.close();
        erp.close();
    }

    private StubServer.Answer token(String expiresIn) {
        return exchange -> StubServer.status(
                        200,
                        "{\"access_token\":\"t" + issued.incrementAndGet()
                                + "\",\"not-before-policy\":0,\"expires_in\":" + expiresIn + "}")
                .to(exchange);
    }

    private String authorization() {
        return String.valueOf(tokens.authenticate().get("Authorization"));
    }

    @Test
    void asksWithTheFormThatTheStandardWants() {
        iam.then(token("180"));

        assertThat(authorization()).isEqualTo("Bearer t1");

        StubServer.Seen seen = iam.seen().get(0);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(seen.body())
                .isEqualTo("grant_type=client_credentials&client_id=mlc&client_secret=s3cr%26t"
                        + "&scope=openid+microprofile-jwt");
    }

    @Test
    void showsAReplacedSecretWithTheNextTokenAndKeepsTheOneInUse() {
        iam.then(token("180"));

        authorization();
        tokens.replaceClientSecret(Secret.of("next"), time.instant());
        assertThat(authorization()).isEqualTo("Bearer t1");
        time.advance(Duration.ofSeconds(144));
        assertThat(authorization()).isEqualTo("Bearer t2");

        assertThat(iam.seen().get(1).body()).contains("client_secret=next").doesNotContain("s3cr");
    }

    @Test
    void showsTheOldSecretUntilItsEndWhereTheNewOneIsRefused() {
        iam.then(401, "{\"error\":\"invalid_client\"}").then(token("10")).then(401, "{\"error\":\"invalid_client\"}");
        tokens.replaceClientSecret(Secret.of("next"), time.instant().plusSeconds(60));

        assertThat(authorization()).isEqualTo("Bearer t1");
        assertThat(iam.seen().get(1).body()).contains("client_secret=s3cr%26t");
        time.advance(Duration.ofSeconds(60));

        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(this::authorization);
        assertThat(iam.seen()).hasSize(3);
    }

    @Test
    void stillShowsTheOldSecretWhereTheNewOneWasHandedInTwice() {
        iam.then(401, "{\"error\":\"invalid_client\"}").then(token("180"));
        tokens.replaceClientSecret(Secret.of("next"), time.instant().plusSeconds(60));
        tokens.replaceClientSecret(Secret.of("next"), time.instant().plusSeconds(60));

        assertThat(authorization()).isEqualTo("Bearer t1");
        assertThat(iam.seen().get(1).body()).contains("client_secret=s3cr%26t");
    }

    @Test
    void forgetsARefusalOfTheSecretThatWasReplaced() {
        iam.then(401, "{\"error\":\"invalid_client\"}").then(token("180"));
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(this::authorization);

        tokens.replaceClientSecret(Secret.of("next"), time.instant());

        assertThat(authorization()).isEqualTo("Bearer t1");
    }

    @Test
    void keepsATokenUntilAFifthOfItsLifeIsLeft() {
        iam.then(token("180"));

        authorization();
        time.advance(Duration.ofSeconds(143));
        assertThat(authorization()).isEqualTo("Bearer t1");
        time.advance(Duration.ofSeconds(1));
        assertThat(authorization()).isEqualTo("Bearer t2");

        assertThat(tokens.tokenRequests()).isEqualTo(2);
    }

    @Test
    void doesNotAskForEveryCallWhenTokensLiveForSeconds() {
        iam.then(token("10"));

        authorization();
        time.advance(Duration.ofSeconds(4));

        assertThat(authorization()).isEqualTo("Bearer t1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "-1", "\"soon\"", "{}"})
    void assumesAShortLifeWhenNoneIsNamed(String expiresIn) {
        iam.then(token(expiresIn));

        authorization();
        time.advance(Duration.ofSeconds(100));
        assertThat(authorization()).isEqualTo("Bearer t1");
        time.advance(Duration.ofSeconds(80));
        assertThat(authorization()).isEqualTo("Bearer t2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e30", "99999999999999", "\"86400\""})
    void believesInNoTokenForLongerThanADay(String expiresIn) {
        iam.then(token(expiresIn));

        authorization();
        time.advance(Duration.ofDays(1));

        assertThat(authorization()).isEqualTo("Bearer t2");
    }

    @Test
    void refreshesTheTokenOnceForTenThreadsThatGot401() throws Exception {
        iam.then(token("180"));
        authorization();
        CyclicBarrier allRefused = new CyclicBarrier(10);
        erp.then(exchange -> {
            boolean stale = "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (stale) {
                await(allRefused);
            }
            StubServer.status(stale ? 401 : 200, "").to(exchange);
        });

        List<Integer> statuses = inThreads(10, () -> api.send(read()).status());

        assertThat(statuses).hasSize(10).containsOnly(200);
        assertThat(tokens.tokenRequests()).isEqualTo(2);
        assertThat(api.stats().tokenRequests()).isEqualTo(2);
        assertThat(erp.seen()).hasSize(20);
    }

    @Test
    void fetchesTheFirstTokenOnceForTenThreads() throws Exception {
        iam.then(token("180"));

        assertThat(inThreads(10, this::authorization)).containsOnly("Bearer t1");
        assertThat(iam.seen()).hasSize(1);
    }

    @Test
    void letsOthersUseTheOldTokenWhileOneRenewsIt() throws Exception {
        CyclicBarrier asked = new CyclicBarrier(2);
        CyclicBarrier mayAnswer = new CyclicBarrier(2);
        iam.then(token("180")).then(exchange -> {
            await(asked);
            await(mayAnswer);
            token("180").to(exchange);
        });
        authorization();
        time.advance(Duration.ofSeconds(150));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> renewing = other.submit(this::authorization);
            await(asked);

            assertThat(authorization()).isEqualTo("Bearer t1");

            await(mayAnswer);
            assertThat(renewing.get(20, TimeUnit.SECONDS)).isEqualTo("Bearer t2");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void goesOnWithTheOldTokenWhileTheTokenServerIsDown() {
        iam.then(token("180")).then(503, "<html>");
        authorization();
        time.advance(Duration.ofSeconds(145));

        assertThat(authorization()).isEqualTo("Bearer t1");
        int requests = iam.seen().size();
        assertThat(authorization()).isEqualTo("Bearer t1");
        assertThat(iam.seen()).as("the outage is remembered").hasSize(requests);
    }

    @Test
    void stopsAtOnceWhenTheClientIsRefusedAndRemembersIt() throws Exception {
        iam.then(401, "{\"error\":\"unauthorized_client\",\"error_description\":\"Invalid client, not s3cr&t\"}");

        List<String> messages = inThreads(10, () -> {
            try {
                return authorization();
            } catch (AuthenticationException e) {
                return String.valueOf(e.getMessage());
            }
        });

        assertThat(messages)
                .hasSize(10)
                .allSatisfy(message -> assertThat(message)
                        .contains("unauthorized_client Invalid client, not ***", "client mlc", "401")
                        .doesNotContain("s3cr&t"));
        assertThat(iam.seen()).hasSize(1);
        time.advance(Duration.ofSeconds(11));
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(this::authorization);
        assertThat(iam.seen()).hasSize(2);
    }

    @Test
    void doesNotShowTheFormThatTheTokenServerRepeats() {
        iam.then(400, "{\"error\":\"invalid_request: client_id=mlc&client_secret=s3cr%26t\"}");

        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(this::authorization)
                .withMessageContaining("client_secret=***")
                .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cr"));
    }

    @Test
    void retriesATokenServerThatFailsAndThenGivesUp() {
        iam.then(500, "").then(502, "").then(token("180"));
        assertThat(authorization()).isEqualTo("Bearer t1");

        time.advance(Duration.ofMinutes(5));
        iam.then(500, "");
        assertThat(authorization()).as("the last token answer").isEqualTo("Bearer t2");
        time.advance(Duration.ofMinutes(5));
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(this::authorization);
    }

    @Test
    void takesAPageWithoutATokenForAnOutage() {
        iam.then(200, "<html>maintenance</html>");

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(this::authorization)
                .withMessageContaining("without a usable access_token");
    }

    @Test
    void failsWhenTheNewTokenIsRefusedToo() {
        iam.then(token("180"));
        erp.then(401, "");

        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> api.send(read()))
                .withMessageContaining("again with new ones");
        assertThat(erp.seen()).hasSize(2);
        assertThat(tokens.tokenRequests()).isEqualTo(2);
    }

    private HttpCall read() {
        return HttpCall.get(erp.uri("/rows"), "read rows").build();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> inThreads(int count, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(count, work))) {
                results.add(future.get(20, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
