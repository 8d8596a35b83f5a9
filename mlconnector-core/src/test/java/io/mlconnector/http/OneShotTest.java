package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A GET that writes, against a server that counts how often it arrives. */
class OneShotTest {

    private final AtomicInteger deliveries = new AtomicInteger();
    private ServerSocket server = socket();
    private volatile String answer = "";

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        var thread = new Thread(this::serve, "counting-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                readHead(socket.getInputStream());
                deliveries.incrementAndGet();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // the test is over, or the client has gone
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpCall call() {
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/Add?PYAM=1.00");
        return HttpCall.get(uri, "add").oneShot().build();
    }

    private static HttpApi api() {
        return HttpApi.builder(ConnectorContext.ofDefaults("test"))
                .requestTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Test
    void isDeliveredOnceWhenTheServerClosesWithoutAnAnswer() {
        assertThatThrownBy(() -> api().send(call()))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("no answer to add");

        assertThat(deliveries).hasValue(1);
    }

    @Test
    void readsAnAnswerOfAKnownLengthAndOneInChunks() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Request-Id: r1\r\n\r\nok";
        HttpAnswer whole = api().send(call());
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n";
        HttpAnswer chunked = api().send(call());

        assertThat(whole.text()).isEqualTo("ok");
        assertThat(whole.requestId()).contains("r1");
        assertThat(chunked.text()).isEqualTo("ok");
    }

    @Test
    void isUncertainWhenItsAnswerIsCut() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok";

        assertThatThrownBy(() -> api().send(call())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void wasNotSentWhereNobodyListens() throws IOException {
        HttpCall call = call();
        server.close();
        HttpApi impatient = HttpApi.builder(ConnectorContext.ofDefaults("test"))
                .backoff(Backoff.never())
                .build();

        assertThatThrownBy(() -> impatient.send(call)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void isForAGetAlone() {
        assertThatThrownBy(() -> HttpCall.of("POST", URI.create("http://127.0.0.1/"), "add")
                        .oneShot())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
