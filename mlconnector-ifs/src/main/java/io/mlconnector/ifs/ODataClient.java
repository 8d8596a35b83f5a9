package io.mlconnector.ifs;

import io.mlconnector.http.Backoff;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.OAuthTokens;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The wire: reads of IFS's OData services. Safe for threads. */
final class ODataClient {

    private static final String JSON = "application/json;IEEE754Compatible=true";
    private static final int BURST = 20;

    /** A body that is cut off is asked for again this often. */
    private static final int READS_OF_A_BODY = 4;

    private static final int MOST_EMPTY_PAGES = 100;

    private static final Duration REREAD_BASE = Duration.ofMillis(500);
    private static final Duration REREAD_CAP = Duration.ofSeconds(10);

    private final ConnectorContext context;
    private final String base;
    private final boolean timeZoneAware;
    private final OAuthTokens tokens;
    private final HttpApi api;

    ODataClient(IfsSettings settings, ConnectorContext context) {
        this.context = context;
        this.base = settings.baseUrl().toString().replaceAll("/+$", "") + "/";
        this.timeZoneAware = settings.timeZoneAware();
        this.tokens = OAuthTokens.clientCredentials(
                        context, settings.tokenUrl(), settings.clientId(), settings.clientSecret())
                .scope(settings.scope())
                .allowPlainHttp(settings.allowPlainHttp())
                .build();
        this.api = HttpApi.builder(context)
                .quota(quota(settings, context))
                .authenticator(tokens)
                .classifier(IfsErrors::classify)
                .connectTimeout(settings.connectTimeout())
                .requestTimeout(settings.requestTimeout())
                .allowPlainHttp(settings.allowPlainHttp())
                .addOrigin(settings.baseUrl())
                .build();
    }

    private static Quota quota(IfsSettings settings, ConnectorContext context) {
        int limit = settings.requestsPerMinute();
        return TokenBucket.builder()
                .addLimit(limit, Duration.ofMinutes(1), Math.min(BURST, limit))
                .clock(context.clock())
                .build();
    }

    HttpApi api() {
        return api;
    }

    /** Fetches a token if there is none. */
    void authenticate() {
        tokens.authenticate();
    }

    /**
     * A page, and when the server sent it.
     *
     * @param page the rows
     * @param sentAt the answer's {@code Date}; null if it has none
     */
    record Answered(JsonPage page, @Nullable Instant sentAt) {

        List<Row> rows() {
            return page.rows();
        }

        Optional<String> link() {
            return page.envelope("@odata.nextLink");
        }
    }

    /** Reads rows of a set. A page without rows is the end only if no further page is linked. */
    Answered page(SetPath set, Query query, RowLayout layout) {
        URI uri = URI.create(base + set.text() + "?" + query.encoded());
        Answered answered = page(set, uri, layout);
        for (int links = 0; answered.rows().isEmpty() && answered.link().isPresent(); links++) {
            if (links == MOST_EMPTY_PAGES) {
                throw new UnavailableException(
                        context.connection() + ": " + MOST_EMPTY_PAGES + " pages of " + set + " in a row are empty",
                        Details.NONE);
            }
            uri = linked(set, uri, answered.link().get());
            answered = page(set, uri, layout);
        }
        return answered;
    }

    private Answered page(SetPath set, URI uri, RowLayout layout) {
        String operation = "read " + set;
        return read(operation, () -> get(uri, operation), answer -> {
            if (!answer.success()) {
                throw IfsErrors.refusal(context.connection(), set, operation, answer);
            }
            return new Answered(JsonPage.read(answer.body(), "value", layout), sentAt(answer));
        });
    }

    private URI linked(SetPath set, URI from, String link) {
        URI uri;
        try {
            uri = from.resolve(link).normalize();
        } catch (IllegalArgumentException e) {
            throw unusableLink(set, link, e);
        }
        if (!uri.toString().startsWith(base + set.service() + "/")) {
            throw unusableLink(set, link, null);
        }
        return uri;
    }

    private UnavailableException unusableLink(SetPath set, String link, @Nullable Exception cause) {
        return new UnavailableException(
                context.connection() + ": a page of " + set + " links to a next one that is not of its service: "
                        + link,
                Details.NONE,
                cause);
    }

    /** Reads the row with a key; empty if there is none. The key is encoded already. */
    Optional<Row> row(SetPath set, String encodedKey, RowLayout layout) {
        String operation = "read one row of " + set;
        URI uri = URI.create(base + set.text() + "(" + encodedKey + ")?$select="
                + PercentEncoding.ofQuery(Query.columns(layout.paths())));
        return read(operation, () -> get(uri, operation), answer -> {
            if (answer.status() == 404 || (answer.status() == 400 && encodedKey.contains("%2F"))) {
                return Optional.empty();
            }
            if (!answer.success()) {
                throw IfsErrors.refusal(context.connection(), set, operation, answer);
            }
            return Optional.of(JsonPage.readRow(answer.body(), layout));
        });
    }

    /** Reads the metadata of a service; the answer may be a refusal. */
    HttpAnswer metadata(String service) {
        String operation = "read the metadata of " + service.substring(service.lastIndexOf('/') + 1);
        try {
            return api.send(HttpCall.get(URI.create(base + service + "/$metadata"), operation)
                    .header("Accept", "application/xml")
                    .header("OData-MaxVersion", "4.0")
                    .build());
        } catch (UnavailableException e) {
            throw IfsErrors.orLogin(e);
        }
    }

    private HttpAnswer get(URI uri, String operation) {
        HttpCall.Builder call = HttpCall.get(uri, operation)
                .header("Accept", JSON)
                .header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0");
        if (timeZoneAware) {
            call.header("X-Ifs-Time-Zone-Aware-Request", "true");
        }
        try {
            return api.send(call.build());
        } catch (UnavailableException e) {
            throw IfsErrors.orLogin(e);
        }
    }

    private interface Sending {
        HttpAnswer send();
    }

    private <T> T read(String operation, Sending sending, Function<HttpAnswer, T> reader) {
        Backoff backoff = Backoff.ofDefaults().withDelays(REREAD_BASE, REREAD_CAP);
        for (int attempt = 0; ; attempt++) {
            HttpAnswer answer = sending.send();
            try {
                return reader.apply(answer);
            } catch (MalformedPageException e) {
                if (attempt + 1 >= READS_OF_A_BODY) {
                    throw unavailable(operation, answer, "no usable body after " + READS_OF_A_BODY + " reads", e);
                }
                pause(operation, answer, backoff.delay(attempt, context.random()));
            }
        }
    }

    private void pause(String operation, HttpAnswer answer, Duration delay) {
        try {
            context.sleeper().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(operation, answer, "interrupted", e);
        }
    }

    private UnavailableException unavailable(String operation, HttpAnswer answer, String why, Exception cause) {
        String rule = cause instanceof MalformedPageException ? ": " + cause.getMessage() : "";
        return new UnavailableException(
                context.connection() + ": " + operation + ": " + why + rule,
                new Details(
                        context.connection(),
                        operation,
                        String.valueOf(answer.status()),
                        answer.requestId().orElse(null)),
                cause);
    }

    static @Nullable Instant sentAt(HttpAnswer answer) {
        Optional<String> date = answer.header("Date");
        if (date.isEmpty()) {
            return null;
        }
        try {
            return ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
