package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecrecyTest {

    private static final URI URL = URI.create("https://acme.example/login?password=topsecret");

    @Test
    void printsNoSecret() {
        HttpCall call = HttpCall.get(URL, "log on").header("X-Key", "topsecret").build();

        assertThat(call.toString()).doesNotContain("topsecret");
        assertThat(Authenticator.header("X-Key", Secret.of("topsecret")).toString())
                .doesNotContain("topsecret");
        assertThat(Authenticator.bearer(Secret.of("topsecret")).toString()).doesNotContain("topsecret");
        assertThat(OAuthToken.of("topsecret", Instant.EPOCH, Duration.ofMinutes(3))
                        .toString())
                .doesNotContain("topsecret");
    }

    @Test
    void doesNotShowTheSecretThatCannotBeAHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authenticator.bearer(Secret.of("topsecret\n")))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get(URI.create("https://me:topsecret@acme.example/"), "read"))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get(URI.create("ftp://acme.example/topsecret"), "read"))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
    }

    @Test
    void doesNotShowACredentialThatCannotBeSent() {
        HttpApi api = HttpApi.builder(new VirtualTime().context())
                .authenticator(() -> Map.of("X-Session", "topsecret\n"))
                .build();

        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> api.send(HttpCall.get(URL, "read").build()))
                .withMessageContaining("X-Session")
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"))
                .satisfies(e -> assertThat(e).hasNoCause());
    }

    @Test
    void doesNotShowThePasswordThatWasGivenWithTheUser() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authenticator.basic("me:topsecret", Secret.of("x")))
                .withMessageContaining("colon: me:***")
                .satisfies(e -> assertThat(e).hasMessageNotContaining("topsecret"));
    }

    @Test
    void refusesAHeaderThatWouldReachTheServerChanged() {
        HttpCall.Builder call = HttpCall.of("POST", URL, "create");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.header("Idempotency-Key", "Müller-1"))
                .withMessageContaining("Idempotency-Key");
        assertThatIllegalArgumentException().isThrownBy(() -> call.header("X", "a\r\nY: b"));
        assertThatIllegalArgumentException().isThrownBy(() -> call.header("X: a\r\nY", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> call.header("Transfer-Encoding", "chunked"));
    }

    @Test
    void refusesAConditionalCallWithoutAVersion() {
        HttpCall.Builder call = HttpCall.of("PATCH", URL, "update").repeat(Repeat.CONDITIONAL);

        assertThatIllegalArgumentException().isThrownBy(call::build);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.header("If-Match", "*").build());
        assertThat(call.header("if-match", "\"1\"").build().repeat()).isEqualTo(Repeat.CONDITIONAL);
    }
}
