package io.mlconnector.testkit.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlconnector.testkit.internal.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the processes and their target, passes on what is asked and answered, and can hold requests: what is held before it
 * arrives may never arrive, or arrive when its sender is long dead. Lives in the process of the test. Safe for threads.
 */
public final class KillWire implements AutoCloseable {

    /** The client sets these by itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final URI target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentLinkedQueue<HttpRequest> underWay = new ConcurrentLinkedQueue<>();
    private final LoopbackServer server;
    private volatile @Nullable Snare snare;

    /**
     * A request as it is seen on the wire.
     *
     * @param method the method
     * @param target path and query, percent-encoded
     * @param body the body as text
     */
    public record Request(String method, String target, String body) {

        /**
         * Tells whether a word is in the address or in the body.
         *
         * @param word the word, in its own case
         * @return whether it is
         */
        public boolean names(String word) {
            return target.contains(word) || body.contains(word);
        }
    }

    private KillWire(URI target) {
        this.target = target;
        try {
            server = new LoopbackServer(0, "kill-wire", this::pass);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a wire.
     *
     * @param target an address of the target; its scheme, host and port count
     * @return the wire, on a free port of this machine
     */
    public static KillWire to(URI target) {
        return new KillWire(target);
    }

    /**
     * Returns the address by which an address of the target is reached through this wire.
     *
     * @param address the address at the target
     * @return the same path at this wire
     */
    public URI through(URI address) {
        return URI.create("http://127.0.0.1:" + server.port() + address.getRawPath());
    }

    /**
     * Lets every request take effect that is still under way.
     *
     * @return how many there were
     */
    public int land() {
        int landed = 0;
        for (HttpRequest request = underWay.poll(); request != null; request = underWay.poll()) {
            send(request);
            landed++;
        }
        return landed;
    }

    /** Holds every request of a kind from the n-th on, until its sender is dead. */
    Snare snare(KillStep step, Predicate<Request> which, int from, Runnable caught) {
        var set = new Snare(step, which, from, caught);
        snare = set;
        return set;
    }

    private Optional<Reply> pass(String method, String path, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        HttpRequest request = request(method, path, headers, body);
        Snare set = snare;
        if (set == null || !set.catches(new Request(method, path, new String(body, UTF_8)))) {
            return Optional.of(new Reply(send(request)));
        }
        if (set.step == KillStep.IN_FLIGHT) {
            underWay.add(request);
        } else if (set.step == KillStep.AFTER_COMMIT) {
            send(request);
        }
        set.hold();
        return Optional.empty();
    }

    private HttpRequest request(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target.getScheme() + "://" + target.getRawAuthority() + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on the wire to " + target, e);
        }
    }

    @Override
    public void close() {
        Snare set = snare;
        if (set != null) {
            set.close();
        }
        server.close();
    }

    private static final class Reply implements LoopbackServer.Answer {

        private final HttpResponse<byte[]> response;

        Reply(HttpResponse<byte[]> response) {
            this.response = response;
        }

        @Override
        public int status() {
            return response.statusCode();
        }

        @Override
        public Map<String, String> headers() {
            var headers = new LinkedHashMap<String, String>();
            response.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    headers.put(name, String.join(", ", values));
                }
            });
            return headers;
        }

        @Override
        public byte[] body() {
            return response.body();
        }
    }

    /** Holds requests until it is closed; then their connections end without an answer. */
    static final class Snare implements AutoCloseable {

        private final KillStep step;
        private final Predicate<Request> which;
        private final AtomicInteger requestsLeft;
        private final Runnable caught;
        private final CountDownLatch opened = new CountDownLatch(1);

        private Snare(KillStep step, Predicate<Request> which, int from, Runnable caught) {
            this.step = step;
            this.which = which;
            this.requestsLeft = new AtomicInteger(from);
            this.caught = caught;
        }

        private boolean catches(Request request) {
            return opened.getCount() > 0 && which.test(request) && requestsLeft.decrementAndGet() <= 0;
        }

        private void hold() throws InterruptedException {
            caught.run();
            opened.await();
        }

        @Override
        public void close() {
            opened.countDown();
        }
    }
}
