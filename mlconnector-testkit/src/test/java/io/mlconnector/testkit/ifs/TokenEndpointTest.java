package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.FORM;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenEndpointTest {

    private final SettableClock clock = new SettableClock();
    private final IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start();
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void issuesATokenForThreeMinutes() {
        HttpResponse<String> response = client.token(FORM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("expires_in").asInt()).isEqualTo(180);
        assertThat(json(response).path("token_type").asText()).isEqualTo("Bearer");
        assertThat(sandbox.traffic().tokenRequests()).isEqualTo(1);
        assertThat(sandbox.traffic().requests()).isZero();
    }

    @Test
    void takesTheCredentialsFromABasicHeader() {
        String basic = Base64.getEncoder()
                .encodeToString((sandbox.clientId() + ":" + sandbox.clientSecret()).getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> response =
                client.token("grant_type=client_credentials", "Authorization", "Basic " + basic);

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAWrongSecret() {
        HttpResponse<String> response = client.token(FORM.replace("sandbox-secret", "guess"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).path("error").asText()).isEqualTo("unauthorized_client");
    }

    @Test
    void refusesAnotherGrantAndAnUnknownScope() {
        HttpResponse<String> grant = client.token(FORM.replace("client_credentials", "password"));
        HttpResponse<String> scope = client.token(FORM.replace("openid", "everything"));

        assertThat(grant.statusCode()).isEqualTo(400);
        assertThat(json(grant).path("error").asText()).isEqualTo("unsupported_grant_type");
        assertThat(scope.statusCode()).isEqualTo(400);
        assertThat(json(scope).path("error").asText()).isEqualTo("invalid_scope");
    }

    @Test
    void doesNotKnowAnotherRealm() {
        URI elsewhere = URI.create(sandbox.tokenUrl().toString().replace("acmeast1", "other"));

        HttpResponse<String> response =
                client.exchange(HttpRequest.newBuilder(elsewhere).POST(HttpRequest.BodyPublishers.ofString(FORM)));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("error").asText()).isEqualTo("Realm does not exist");
    }

    @Test
    void refusesACallWithoutAToken() {
        HttpResponse<String> response =
                client.exchange(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + CUSTOMERS)));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    @Test
    void refusesATokenOnceItsTimeIsOver() {
        client.logIn();

        clock.set(SettableClock.START.plusSeconds(179));
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
        clock.set(SettableClock.START.plusSeconds(180));
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(401);
    }

    @Test
    void expiresTokensOnCommand() {
        client.logIn();

        sandbox.expireTokens();

        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(401);
        client.logIn();
        assertThat(client.get(CUSTOMERS).statusCode()).isEqualTo(200);
    }

    @Test
    void showsALoginPageWhereConfigured() {
        try (IfsSandbox other = IfsSandbox.builder()
                .htmlOnUnauthorized()
                .tokenLifetime(Duration.ofSeconds(20))
                .start()) {
            HttpResponse<String> response =
                    client.exchange(HttpRequest.newBuilder(URI.create(other.baseUrl() + CUSTOMERS)));

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).startsWith("<html>");
        }
    }
}
