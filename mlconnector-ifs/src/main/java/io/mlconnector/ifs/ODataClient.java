package io.mlconnector.ifs;

import io.mlconnector.http.Backoff;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.OAuthTokens;
import io.mlconnector.http.Repeat;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.JsonShape;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.Secret;
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

/** The wire: reads and writes of IFS's OData services. Safe for threads. */
final class ODataClient {

    private static final String JSON = "application/json;IEEE754Compatible=true";
    private static final String NEXT_LINK = "@odata.nextLink";
    private static final JsonShape PAGE = JsonShape.of("value", NEXT_LINK);
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

    void replaceClientSecret(Secret next, Instant oldUntil) {
        tokens.replaceClientSecret(next, oldUntil);
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
            return page.envelope(NEXT_LINK);
        }
    }

    /**
     * A row, its version, and when the server sent it.
     *
     * @param row the columns
     * @param version the ETag, of the row or else of the answer; null if there is none
     * @param sentAt the answer's {@code Date}; null if it has none
     */
    record AnsweredRow(
            Row row, @Nullable String version, @Nullable Instant sentAt) {}

    /** Reads rows of a set. */
    Answered page(SetPath set, Query query, RowLayout layout) {
        return page(set, set.text(), query, layout);
    }

    /** Reads rows that belong to a row of a set. */
    Answered children(SetPath set, String encodedKey, String navigation, Query query, RowLayout layout) {
        return page(set, set.text() + "(" + encodedKey + ")/" + navigation, query, layout);
    }

    /** A page without rows is the end only if no further page is linked. */
    private Answered page(SetPath set, String path, Query query, RowLayout layout) {
        URI uri = URI.create(base + path + "?" + query.encoded());
        Answered answered = pageAt(uri, set, layout);
        for (int links = 0; answered.rows().isEmpty() && answered.link().isPresent(); links++) {
            if (links == MOST_EMPTY_PAGES) {
                throw new UnavailableException(
                        context.connection() + ": " + MOST_EMPTY_PAGES + " pages of " + set + " in a row are empty",
                        Details.NONE);
            }
            uri = linked(set, uri, answered.link().get());
            answered = pageAt(uri, set, layout);
        }
        return answered;
    }

    private Answered pageAt(URI uri, SetPath set, RowLayout layout) {
        String operation = "read " + set;
        return read(operation, () -> get(uri, operation), answer -> {
            if (!answer.success()) {
                throw IfsErrors.refusal(context.connection(), set, operation, answer);
            }
            return new Answered(JsonPage.read(answer.body(), PAGE, layout), sentAt(answer));
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
        return answeredRow(set, encodedKey, layout).map(AnsweredRow::row);
    }

    /** Reads the row with a key and its version; empty if there is none. The key is encoded already. */
    Optional<AnsweredRow> answeredRow(SetPath set, String encodedKey, RowLayout layout) {
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
            Row row = JsonPage.readRow(answer.body(), layout);
            String version = layout.paths().contains(RowShape.ETAG) ? row.text(RowShape.ETAG) : null;
            return Optional.of(new AnsweredRow(
                    row, version == null ? answer.header("ETag").orElse(null) : version, sentAt(answer)));
        });
    }

    /** Changes columns of the row with a key, if it still has the version. The answer may be a refusal. */
    HttpAnswer change(SetPath set, String encodedKey, String version, String json) {
        URI uri = URI.create(base + set.text() + "(" + encodedKey + ")");
        HttpCall.Builder call = writing("PATCH", uri, "change one row of " + set, json)
                .header("If-Match", version)
                .header("Prefer", "return=minimal");
        return send(call.repeat(version.equals("*") ? Repeat.ONCE : Repeat.CONDITIONAL));
    }

    /** Creates a row in a set. The answer may be a refusal. */
    HttpAnswer create(SetPath set, String json, Repeat repeat) {
        return send(writing("POST", URI.create(base + set.text()), "create a row of " + set, json)
                .repeat(repeat));
    }

    /** Creates a row that belongs to a row of a set. The answer may be a refusal. */
    HttpAnswer createChild(SetPath set, String encodedKey, String navigation, String json) {
        URI uri = URI.create(base + set.text() + "(" + encodedKey + ")/" + navigation);
        return send(writing("POST", uri, "create a row in " + navigation + " of " + set, json));
    }

    private static HttpCall.Builder writing(String method, URI uri, String operation, String json) {
        return HttpCall.of(method, uri, operation).body(json, "application/json");
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
        return send(HttpCall.get(uri, operation));
    }

    private HttpAnswer send(HttpCall.Builder call) {
        call.header("Accept", JSON).header("OData-Version", "4.0").header("OData-MaxVersion", "4.0");
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
