package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpFaultsTest {

    private final VirtualTime time = new VirtualTime();
    private final HttpApi api = HttpApi.builder(time.context()).build();

    private static HttpCall post(URI uri, Repeat repeat) {
        return HttpCall.of("POST", uri, "create row 7")
                .repeat(repeat)
                .header("Idempotency-Key", "k7")
                .body("{}", "application/json")
                .build();
    }

    @Test
    void sendsAOnceCallExactlyOnceWhenTheConnectionIsDroppedAfterReading() throws IOException {
        try (DroppingServer server = new DroppingServer(1)) {
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> api.send(post(server.uri(), Repeat.ONCE)))
                    .satisfies(e -> assertThat(e.evidence()).contains("no answer to create row 7"));

            assertThat(server.seen()).hasSize(1);
        }
    }

    @Test
    void sendsAKeyedCallAgainWithTheSameKeyWhenTheConnectionIsDropped() throws IOException {
        try (DroppingServer server = new DroppingServer(1)) {
            HttpAnswer answer = api.send(post(server.uri(), Repeat.KEYED));

            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.followsUncertainAttempt()).isTrue();
            assertThat(server.seen()).hasSize(2).allMatch(head -> head.contains("Idempotency-Key: k7"));
        }
    }

    @Test
    void refusesAGetThatMustBeSentOnlyOnceBecauseTheJdkRepeatsIt() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get(URI.create("https://acme.example/"), "post by query")
                        .repeat(Repeat.ONCE)
                        .build())
                .withMessageContaining("java.net.http may repeat it");
        try (DroppingServer server = new DroppingServer(1)) {
            api.send(HttpCall.get(server.uri(), "read").build());

            assertThat(server.seen()).hasSize(2);
            assertThat(api.stats().requests()).as("the JDK repeats unseen").isEqualTo(1);
        }
    }

    @Test
    void retriesEvenAOnceCallWhenTheConnectionIsRefused() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api.send(post(URI.create("http://127.0.0.1:" + port + "/"), Repeat.ONCE)))
                .withMessageContaining("not connected to http://127.0.0.1:" + port)
                .withMessageContaining("after 5 attempts");
        assertThat(api.stats().requests()).isEqualTo(5);
    }

    @Test
    void takesAnUnknownHostForNotSent() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> api.send(post(URI.create("https://no-such-host.invalid/"), Repeat.ONCE)))
                .withMessageContaining("not connected");
    }

    @Test
    void leavesTheOutcomeOfAWriteOpenWhenTheAnswerStallsInTheBody() {
        try (StubServer server = new StubServer()) {
            server.then(exchange -> {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            });
            HttpApi impatient = HttpApi.builder(time.context())
                    .requestTimeout(Duration.ofMillis(300))
                    .build();

            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> impatient.send(post(server.uri("/"), Repeat.ONCE)))
                    .withMessageContaining("within PT0.3S");
        }
    }

    @Test
    void keepsTheInterruptFlagAndLeavesTheOutcomeOfAWriteOpen() {
        try (StubServer server = new StubServer()) {
            Thread caller = Thread.currentThread();
            server.then(exchange -> caller.interrupt());

            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> api.send(post(server.uri("/"), Repeat.ONCE)))
                    .withMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();

            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(
                            () -> api.send(HttpCall.get(server.uri("/"), "read").build()))
                    .withMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void sendsNothingWhereTheThreadIsInterruptedAlready() {
        try (StubServer server = new StubServer()) {
            server.then(200, "ok");
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> api.send(post(server.uri("/"), Repeat.ONCE)))
                    .withMessageContaining("interrupted");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.seen()).isEmpty();
            assertThat(api.stats().requests()).isZero();
        }
    }
}
