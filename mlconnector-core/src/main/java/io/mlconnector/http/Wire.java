package io.mlconnector.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One exchange over {@code java.net.http}, bounded in time and size. Knows nothing of repetition. */
final class Wire {

    private static final List<Class<? extends Throwable>> BEFORE_SENDING = List.of(
            ConnectException.class,
            HttpConnectTimeoutException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            SSLHandshakeException.class);

    private final HttpClient client;
    private final String userAgent;
    private final Duration timeout;
    private final long maxBody;
    private final List<String> requestIdHeaders;
    private final Counters counters;

    Wire(HttpApi.Builder settings, HttpClient client, Counters counters) {
        this.client = client;
        this.userAgent = settings.userAgent;
        this.timeout = settings.requestTimeout;
        this.maxBody = settings.maxBody;
        this.requestIdHeaders = settings.requestIdHeaders;
        this.counters = counters;
    }

    /**
     * Sends once and waits for the whole answer.
     *
     * @throws NotSentException if no connection came about
     * @throws BodyTooLargeException if the answer is too large
     * @throws HttpTimeoutException if it takes too long
     * @throws IOException if the connection broke or the answer cannot be read
     */
    HttpAnswer exchange(HttpCall call, URI uri, Map<String, String> credentials, boolean followsUncertain)
            throws IOException, InterruptedException {
        Duration limit = call.timeout().orElse(timeout);
        counters.requests.increment();
        if (call.oneShot()) {
            return oneShot(call, uri, credentials, limit, followsUncertain);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request(call, uri, credentials), info -> new BoundedBody(maxBody, counters.bytesReceived));
        HttpResponse<byte[]> response = await(exchange, limit);
        byte[] body = ContentDecoder.decode(
                response.body(),
                response.headers().firstValue("Content-Encoding").orElse(""),
                maxBody);
        return new HttpAnswer(
                response.statusCode(), response.headers(), body, requestId(response.headers()), followsUncertain);
    }

    private HttpAnswer oneShot(
            HttpCall call, URI uri, Map<String, String> credentials, Duration limit, boolean followsUncertain)
            throws IOException {
        OneShot.Answer answer =
                new OneShot(limit, maxBody).send(call.method(), uri, headers(call, credentials), new byte[0], limit);
        counters.bytesReceived.add(answer.body().length);
        byte[] body = ContentDecoder.decode(
                answer.body(), answer.headers().firstValue("Content-Encoding").orElse(""), maxBody);
        return new HttpAnswer(answer.status(), answer.headers(), body, requestId(answer.headers()), followsUncertain);
    }

    private Map<String, String> headers(HttpCall call, Map<String, String> credentials) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", userAgent);
        headers.putAll(call.headers());
        headers.putAll(credentials);
        headers.put("Accept-Encoding", "gzip");
        return headers;
    }

    private HttpRequest request(HttpCall call, URI uri, Map<String, String> credentials) {
        Map<String, String> headers = headers(call, credentials);
        byte[] body = call.body();
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(call.method(), publisher);
        headers.forEach(request::header);
        return request.build();
    }

    /** The JDK's own request timeout ends with the headers; this one covers the body too. */
    private static <T> T await(CompletableFuture<T> exchange, Duration limit) throws IOException, InterruptedException {
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new HttpTimeoutException("no complete answer within " + limit);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw translate(e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException translate(Throwable fault) {
        for (Throwable link = fault; link != null; link = link.getCause()) {
            if (link instanceof BodyTooLargeException tooLarge) {
                return tooLarge;
            }
            if (BEFORE_SENDING.stream().anyMatch(link.getClass()::equals)) {
                return new NotSentException(link.getClass().getSimpleName(), fault);
            }
        }
        return fault instanceof IOException broken ? broken : new IOException(fault);
    }

    private @Nullable String requestId(HttpHeaders headers) {
        return requestIdHeaders.stream()
                .flatMap(name -> headers.firstValue(name).stream())
                .findFirst()
                .orElse(null);
    }
}
