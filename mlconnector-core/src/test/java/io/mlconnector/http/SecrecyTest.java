package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
    void refusesAConditionalCallWithoutAVersion() {
        HttpCall.Builder call = HttpCall.of("PATCH", URL, "update").repeat(Repeat.CONDITIONAL);

        assertThatIllegalArgumentException().isThrownBy(call::build);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.header("If-Match", "*").build());
        assertThat(call.header("if-match", "\"1\"").build().repeat()).isEqualTo(Repeat.CONDITIONAL);
    }
}
