package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A GET that writes, on the wire. */
class OneShotWireTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final long MAX_BODY = 1_000_000;

    private final AtomicInteger deliveries = new AtomicInteger();
    private final ServerSocket listener;
    private volatile String answer = "";

    OneShotWireTest() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "reads-and-drops");
        server.setDaemon(true);
        server.start();
    }

    /** Reads a whole request, answers what the test says, and closes the connection. */
    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                deliveries.incrementAndGet();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/Rest/Transaction/Post?UserId=secret%20%20");
    }

    private OneShot.Answer send() throws IOException {
        return new OneShot(Duration.ofSeconds(5), MAX_BODY).send("GET", uri(), Map.of(), new byte[0], LONG);
    }

    @Test
    void sendsAGetOnceWhenTheServerReadsItAndDropsTheConnection() {
        assertThatThrownBy(this::send)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotSentException.class)
                .hasMessageContaining("closed before the answer")
                .hasMessageNotContaining("secret");

        assertThat(deliveries).hasValue(1);
    }

    /** Why there is a client of our own: this one delivers what it must not. */
    @Test
    void theClientOfTheJdkSendsSuchAGetAgain() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        assertThatThrownBy(
                        () -> client.send(HttpRequest.newBuilder(uri()).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);

        assertThat(deliveries).hasValueGreaterThan(1);
    }

    @Test
    void saysThatNothingWasSentWhenNobodyListens() throws IOException {
        // Bound and not listening: no other process can take the port meanwhile.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI uri = URI.create("http://127.0.0.1:" + held.getLocalPort() + "/?UserId=secret");

            assertThatThrownBy(() ->
                            new OneShot(Duration.ofSeconds(5), MAX_BODY).send("GET", uri, Map.of(), new byte[0], LONG))
                    .isInstanceOf(NotSentException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThat(deliveries).hasValue(0);
    }

    @Test
    void readsAnAnswerWithALengthInChunksAndUpToItsEnd() throws IOException {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nABC  ";
        assertThat(text()).isEqualTo("ABC  ");

        answer = String.join(
                "\r\n",
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "3;x=y",
                "ABC",
                "2",
                "DE",
                "0",
                "",
                "");
        assertThat(text()).isEqualTo("ABCDE");

        answer = "HTTP/1.1 200 OK\r\n\r\nto the end";
        assertThat(text()).isEqualTo("to the end");
    }

    private String text() throws IOException {
        return new String(send().body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void refusesAnAnswerThatIsCutOffOrNoHttpOrTooLong() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<postarpayment>";
        assertThatThrownBy(this::send).hasMessageContaining("ended after 15 of 50 bytes");

        answer = "SSH-2.0-OpenSSH\r\n";
        assertThatThrownBy(this::send).hasMessageContaining("not HTTP");

        answer = "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n";
        assertThatThrownBy(this::send).hasMessageContaining("more than 1000000 bytes");

        assertThat(deliveries).hasValue(3);
    }

    @Test
    void givesUpWhenTheAnswerTakesTooLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThatThrownBy(() -> new OneShot(Duration.ofSeconds(5), MAX_BODY)
                            .send("GET", uri, Map.of(), new byte[0], Duration.ofMillis(20)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
