package io.mlconnector.stripe;

import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.mlconnector.http.Classifier;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.Repeat;
import io.mlconnector.http.Verdict;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** Carries the SDK's requests over the connection's own {@link HttpApi}, which owns quota, credentials and repetition. */
final class StripeTransport extends HttpClient {

    private static final String KEY = "Idempotency-Key";

    /** The authenticator sets the first; the second is telemetry. */
    private static final Set<String> LEFT_OUT = Set.of("authorization", "x-stripe-client-telemetry");

    private final HttpApi api;
    private final RemoteClock clock;
    private final Semaphore turns;
    private final String connection;
    private final boolean telemetry;

    StripeTransport(HttpApi api, RemoteClock clock, String connection, StripeSettings settings) {
        this.api = api;
        this.clock = clock;
        this.connection = connection;
        this.turns = new Semaphore(settings.maxConcurrency(), true);
        this.telemetry = settings.telemetry();
    }

    @Override
    public StripeResponse request(StripeRequest request) {
        HttpCall call = call(request);
        HttpAnswer answer = send(call);
        answer.header("Date").ifPresent(clock::read);
        if (!answer.success()) {
            throw StripeRefusedException.of(call.operation(), answer);
        }
        return new StripeResponse(
                answer.status(), HttpHeaders.of(answer.headers().map()), answer.text());
    }

    /** What Stripe's answers mean for the repetition of a call. */
    static Verdict classify(HttpAnswer answer) {
        int status = answer.status();
        boolean told = answer.header("Stripe-Should-Retry").isPresent();
        boolean retry = answer.header("Stripe-Should-Retry").equals(Optional.of("true"));
        if (status >= 500 && (replayed(answer) || (told && !retry))) {
            // Stripe keeps a 500 under its key and gives the same answer for a day.
            return Verdict.FINAL;
        }
        if (status == 409) {
            // Another call with this key is still running, and may succeed.
            return Verdict.RETRY_IF_REPEATABLE;
        }
        return Classifier.DEFAULT.classify(answer);
    }

    static boolean replayed(HttpAnswer answer) {
        return answer.header("Idempotent-Replayed").equals(Optional.of("true"));
    }

    private HttpAnswer send(HttpCall call) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    connection + ": interrupted before " + call.operation(),
                    Details.of(connection, call.operation()),
                    e);
        }
        try {
            return api.send(call);
        } finally {
            turns.release();
        }
    }

    private HttpCall call(StripeRequest request) {
        URI uri = URI.create(request.url().toString());
        String method = request.method().name();
        HttpCall.Builder call = HttpCall.of(method, uri, method + " " + uri.getPath());
        Map<String, String> headers = headers(request);
        headers.forEach(call::header);
        if (request.method() == RequestMethod.DELETE || headers.containsKey(KEY)) {
            // A second DELETE finds nothing to delete.
            call.repeat(Repeat.KEYED);
        }
        HttpContent content = request.content();
        if (content != null) {
            call.body(content.byteArrayContent(), content.contentType());
        }
        return call.build();
    }

    private Map<String, String> headers(StripeRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().map().forEach((name, values) -> {
            if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, first(values));
            }
        });
        headers.put("User-Agent", buildUserAgentString(request));
        if (telemetry) {
            headers.put("X-Stripe-Client-User-Agent", buildXStripeClientUserAgentString());
        }
        return headers;
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.get(0);
    }
}
