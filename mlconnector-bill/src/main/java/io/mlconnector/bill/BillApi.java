package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.http.Backoff;
import io.mlconnector.http.Classifier;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.Verdict;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.JsonShape;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one connection. */
final class BillApi {

    static final String JSON = "application/json";

    private static final JsonShape PAGE = JsonShape.of("results", "nextPage");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final String connection;
    private final BillSettings settings;
    private final KeyQuota quota;
    private final BillSession session;
    private final HttpApi http;
    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;

    BillApi(BillSettings settings, KeyQuota quota, ConnectorContext context) {
        this.connection = context.connection();
        this.settings = settings;
        this.quota = quota;
        this.clock = context.clock();
        HttpApi login = http(context)
                .addOrigin(settings.loginUrl())
                .quota(quota.logins())
                .classifier(answer -> answer.status() == 401 ? Verdict.FINAL : classify(answer))
                .maxBody(1L << 20)
                .build();
        this.session = new BillSession(connection, settings, login, context.clock());
        this.http = http(context)
                .addOrigin(settings.baseUrl())
                .addOrigin(settings.eventsUrl())
                .quota(quota)
                .classifier(this::classify)
                .authenticator(session)
                .build();
    }

    private HttpApi.Builder http(ConnectorContext context) {
        return HttpApi.builder(context)
                .slots(quota.slots())
                .allowPlainHttp(settings.allowPlainHttp())
                .connectTimeout(settings.connectTimeout())
                .requestTimeout(settings.requestTimeout())
                .backoff(Backoff.ofDefaults()
                        .withDelays(Duration.ofSeconds(1), Duration.ofSeconds(4))
                        .withAttempts(6));
    }

    /** What BILL's code says counts, and only where there is none, the status. */
    private Verdict classify(HttpAnswer answer) {
        if (answer.success()) {
            return Verdict.FINAL;
        }
        BillError error = BillError.of(answer);
        if (error.has(BillError.HOURLY_LIMIT)) {
            quota.park(serverTime(answer).orElseGet(clock::instant));
        }
        if (error.limited()) {
            return Verdict.RETRY_NOTHING_DONE;
        }
        if (error.sessionEnded()) {
            return Verdict.UNAUTHENTICATED;
        }
        if (error.has(BillError.SYSTEM_ERROR)) {
            return Verdict.RETRY_IF_REPEATABLE;
        }
        boolean coded = error.entries().stream().anyMatch(entry -> !entry.code().isEmpty());
        return coded && answer.status() < 500 && answer.status() != 429
                ? Verdict.FINAL
                : Classifier.DEFAULT.classify(answer);
    }

    HttpApi http() {
        return http;
    }

    String connection() {
        return connection;
    }

    void replacePassword(Secret next) {
        session.replacePassword(next);
    }

    /** Returns what BILL's clock shows, as far as its answers have told. */
    Instant serverNow() {
        return clock.instant().plus(ahead);
    }

    /** A page of a list. */
    record Listing(
            List<Row> rows, Optional<String> next, @Nullable Instant serverTime) {}

    Listing page(String resource, String query, RowLayout layout) {
        String operation = "list " + resource;
        HttpAnswer answer = sent(HttpCall.get(uri("/v3/" + resource + "?" + query), operation));
        requireSuccess(operation, answer);
        try {
            JsonPage page = JsonPage.read(answer.body(), PAGE, layout);
            return new Listing(
                    page.rows(), page.envelope("nextPage"), serverTime(answer).orElse(null));
        } catch (MalformedPageException e) {
            throw new UnavailableException(
                    connection + ": " + operation + ": " + e.getMessage(), Details.of(connection, operation), e);
        }
    }

    /** Returns all rows of a list. It ends where no next page is named, not at an empty page. */
    List<Row> rows(String resource, ListQuery query, RowLayout layout) {
        var rows = new ArrayList<Row>();
        Listing page = page(resource, query.first(), layout);
        rows.addAll(page.rows());
        while (page.next().isPresent()) {
            page = page(resource, query.page(page.next().get()), layout);
            rows.addAll(page.rows());
        }
        return rows;
    }

    /** Returns rows by their ids, whether they are archived or not. */
    List<Row> rowsById(String resource, List<String> ids, RowLayout layout) {
        ListQuery query = ListQuery.all().in("id", ids);
        if (resource.equals(BillConnector.PAYMENTS)) {
            return rows(resource, query, layout); // a payment is never archived
        }
        var rows = new ArrayList<>(rows(resource, query.is("archived", "false"), layout));
        if (rows.size() < ids.size()) {
            rows.addAll(rows(resource, query.is("archived", "true"), layout));
        }
        return rows;
    }

    /** Hands on all objects of a list, page by page. */
    void each(String resource, ListQuery query, Consumer<JsonNode> taker) {
        String next = query.first();
        while (next != null) {
            JsonNode page = get("/v3/" + resource + "?" + next, "list " + resource);
            page.path("results").forEach(taker);
            JsonNode token = page.path("nextPage");
            next = token.isTextual() ? query.page(token.asText()) : null;
        }
    }

    List<JsonNode> all(String resource, ListQuery query) {
        var found = new ArrayList<JsonNode>();
        each(resource, query, found::add);
        return found;
    }

    /** Returns one row, or empty if there is none. */
    Optional<Row> row(String resource, String id, RowLayout layout) {
        String operation = "read " + resource;
        HttpAnswer answer = sent(HttpCall.get(uri("/v3/" + resource + "/" + id), operation));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        requireSuccess(operation, answer);
        return Optional.of(JsonPage.readRow(answer.body(), layout));
    }

    Optional<JsonNode> find(String resource, String id) {
        String operation = "read " + resource;
        HttpAnswer answer = sent(HttpCall.get(uri("/v3/" + resource + "/" + id), operation));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        requireSuccess(operation, answer);
        return Optional.of(Json.readOrMissing(answer.body()));
    }

    JsonNode get(String path, String operation) {
        HttpAnswer answer = sent(HttpCall.get(uri(path), operation));
        requireSuccess(operation, answer);
        return Json.readOrMissing(answer.body());
    }

    /** An object of BILL's, as an answer to a write told it. */
    record Written(JsonNode body, @Nullable String requestId) {}

    /**
     * Writes once.
     *
     * @throws BillRefusedException if BILL said no
     * @throws io.mlconnector.http.OutcomeUnknownException if nobody knows
     */
    Written write(String method, String path, byte @Nullable [] body, String operation) {
        return write(HttpCall.of(method, uri(path), operation), body, operation);
    }

    Written write(HttpCall.Builder call, byte @Nullable [] body, String operation) {
        HttpAnswer answer = sent(body == null ? call : call.body(body, JSON));
        requireWritten(operation, answer);
        return new Written(Json.readOrMissing(answer.body()), answer.requestId().orElse(null));
    }

    /** A call to the API of the webhook subscriptions. */
    HttpCall.Builder events(String method, String path, String operation) {
        return HttpCall.of(method, BillSettings.below(settings.eventsUrl(), path), operation);
    }

    /** Runs something that only reads. */
    <R> R reading(Supplier<R> read) {
        try {
            return read.get();
        } catch (BillRefusedException e) {
            throw fault("read", e.error(), e.requestId());
        }
    }

    private HttpAnswer sent(HttpCall.Builder call) {
        HttpAnswer answer = http.send(call.header("Accept", JSON).build());
        serverTime(answer).ifPresent(time -> ahead = Duration.between(clock.instant(), time));
        return answer;
    }

    private void requireSuccess(String operation, HttpAnswer answer) {
        if (!answer.success()) {
            throw fault(operation, BillError.of(answer), answer.requestId().orElse(null));
        }
    }

    private void requireWritten(String operation, HttpAnswer answer) {
        if (answer.success()) {
            return;
        }
        BillError error = BillError.of(answer);
        String requestId = answer.requestId().orElse(null);
        if (isOfTheConnection(error)
                || answer.status() == 401
                || answer.status() == 403
                || REDIRECTS.contains(answer.status())) {
            throw fault(operation, error, requestId);
        }
        throw new BillRefusedException(operation, error, requestId);
    }

    private MlConnectorException fault(String operation, BillError error, @Nullable String requestId) {
        var details = new Details(connection, operation, error.code(), requestId);
        String message = connection + ": " + operation + ": " + error;
        if (error.untrusted()) {
            return new AuthenticationException(
                    message + "; this needs a session that a person has confirmed with a second factor", details);
        }
        boolean refused = isOfTheConnection(error)
                || error.status() == 401
                || error.status() == 403
                || REDIRECTS.contains(error.status());
        return refused ? new AuthenticationException(message, details) : new UnavailableException(message, details);
    }

    private static boolean isOfTheConnection(BillError error) {
        return error.has(BillError.BAD_PASSWORD) || error.has(BillError.BAD_DEVELOPER_KEY) || error.untrusted();
    }

    private URI uri(String path) {
        return BillSettings.below(settings.baseUrl(), path);
    }

    private static Optional<Instant> serverTime(HttpAnswer answer) {
        return answer.header("Date").flatMap(date -> {
            try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
            } catch (DateTimeException e) {
                return Optional.empty(); // a proxy's own spelling; then the server does not tell its time
            }
        });
    }
}
