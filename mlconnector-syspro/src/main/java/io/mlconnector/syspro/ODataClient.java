package io.mlconnector.syspro;

import io.mlconnector.http.Authenticator;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.JsonShape;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads tables of the OData service. Safe for threads. */
final class ODataClient {

    private static final String NEXT_LINK = "@odata.nextLink";
    private static final JsonShape PAGE = JsonShape.of("value", NEXT_LINK);

    /** A body that is cut off is asked for again this often. */
    private static final int READS_OF_A_BODY = 3;

    private static final int MOST_EMPTY_PAGES = 100;
    private static final Duration REREAD = Duration.ofSeconds(1);

    private final ConnectorContext context;
    private final String base;
    private final HttpApi api;

    ODataClient(SysproSettings settings, Quota quota, ConnectorContext context) {
        this.context = context;
        this.base = settings.baseUrl().toString().replaceAll("/+$", "") + "/"
                + PercentEncoding.ofValue(settings.company()) + "/";
        this.api = HttpApi.builder(context)
                .quota(quota)
                .authenticator(Authenticator.basic(settings.user(), settings.password()))
                .requestTimeout(settings.requestTimeout())
                .allowPlainHttp(settings.allowPlainHttp())
                .addOrigin(settings.baseUrl())
                .build();
    }

    HttpApi api() {
        return api;
    }

    /**
     * Rows, and when the server sent them.
     *
     * @param rows the rows
     * @param more whether the server says that more rows follow
     * @param sentAt the answer's {@code Date}; null if it has none
     */
    record Answered(List<Row> rows, boolean more, @Nullable Instant sentAt) {}

    /**
     * What to ask a table for.
     *
     * @param filter the condition; possibly empty
     * @param orderBy the columns to order by, each possibly with {@code desc}
     * @param select the columns to give
     * @param top how many rows at most
     * @param skip how many rows to pass over
     */
    record Query(String filter, List<String> orderBy, List<String> select, int top, int skip) {

        String encoded() {
            var options = new ArrayList<String>();
            options.add("$select=" + PercentEncoding.ofOption(String.join(",", select)));
            if (!filter.isEmpty()) {
                options.add("$filter=" + PercentEncoding.ofOption(filter));
            }
            options.add("$orderby=" + PercentEncoding.ofOption(String.join(",", orderBy)));
            options.add("$top=" + top);
            if (skip > 0) {
                options.add("$skip=" + skip);
            }
            return String.join("&", options);
        }
    }

    /** How long the address of a query is. */
    int length(Table table, Query query) {
        return address(table, query).length();
    }

    private String address(Table table, Query query) {
        return base + PercentEncoding.ofValue(table.name()) + "?" + query.encoded();
    }

    /** Reads rows; none only if there are none. */
    Answered page(Table table, Query query, RowLayout layout) {
        URI uri = URI.create(address(table, query));
        String operation = "read " + table.name();
        for (int links = 0; links < MOST_EMPTY_PAGES; links++) {
            Answer answer = read(table, uri, operation, layout);
            Optional<String> link = answer.page().envelope(NEXT_LINK);
            if (!answer.page().rows().isEmpty() || link.isEmpty()) {
                return new Answered(answer.page().rows(), link.isPresent(), answer.sentAt());
            }
            uri = linked(table, uri, link.get());
        }
        throw new UnavailableException(
                context.connection() + ": " + MOST_EMPTY_PAGES + " pages of " + table.name() + " in a row are empty",
                Details.of(context.connection(), operation));
    }

    private record Answer(JsonPage page, @Nullable Instant sentAt) {}

    private Answer read(Table table, URI uri, String operation, RowLayout layout) {
        for (int reads = 1; ; reads++) {
            HttpAnswer answer = get(uri, operation, "application/json");
            if (!answer.success()) {
                throw refusal(table, operation, answer);
            }
            try {
                return new Answer(JsonPage.read(answer.body(), PAGE, layout), sentAt(answer));
            } catch (MalformedPageException e) {
                if (reads == READS_OF_A_BODY) {
                    throw new UnavailableException(
                            context.connection() + ": " + operation + ": the answer is no page of rows: "
                                    + e.getMessage(),
                            Details.of(context.connection(), operation),
                            e);
                }
            }
            pause(operation);
        }
    }

    private URI linked(Table table, URI from, String link) {
        try {
            URI uri = from.resolve(link).normalize();
            if (uri.toString().startsWith(base)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw unusableLink(table, e);
        }
        throw unusableLink(table, null);
    }

    private UnavailableException unusableLink(Table table, @Nullable Exception cause) {
        return new UnavailableException(
                context.connection() + ": a page of " + table.name()
                        + " links to a next one that is not of its company",
                Details.of(context.connection(), "read " + table.name()),
                cause);
    }

    /** Reads what the service has. */
    TableMetadata metadata() {
        String operation = "read $metadata";
        HttpAnswer answer = get(URI.create(base + "$metadata"), operation, "application/xml");
        if (!answer.success()) {
            throw new UnavailableException(
                    context.connection() + ": " + operation + ": status " + answer.status()
                            + "; name the columns by the setting changes if the service has no metadata",
                    Details.of(context.connection(), operation));
        }
        try {
            return TableMetadata.read(answer.body());
        } catch (IllegalArgumentException e) {
            throw new UnavailableException(
                    context.connection() + ": " + operation + ": " + e.getMessage(),
                    Details.of(context.connection(), operation),
                    e);
        }
    }

    private HttpAnswer get(URI uri, String operation, String accept) {
        return api.send(HttpCall.get(uri, operation)
                .header("Accept", accept)
                .header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0")
                .build());
    }

    private MlConnectorException refusal(Table table, String operation, HttpAnswer answer) {
        String seen = context.connection() + ": " + operation + ": status " + answer.status();
        return switch (answer.status()) {
            case 404 ->
                new ConfigurationException(seen + ": there is no table " + table.name()
                        + " for the company, or the user may not see it; the address is " + base + table.name());
            case 403 ->
                new ConfigurationException(
                        seen + ": the user may not read " + table.name() + "; enable it for OData in SYSPRO");
            case 400, 405, 414, 501 ->
                new ConfigurationException(seen + ": the table " + table.name()
                        + " does not take the query; run the check to see which columns exist");
            default ->
                new UnavailableException(
                        seen,
                        new Details(
                                context.connection(),
                                operation,
                                String.valueOf(answer.status()),
                                answer.requestId().orElse(null)));
        };
    }

    private void pause(String operation) {
        try {
            context.sleeper().sleep(REREAD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    context.connection() + ": " + operation + ": interrupted",
                    Details.of(context.connection(), operation),
                    e);
        }
    }

    private static @Nullable Instant sentAt(HttpAnswer answer) {
        String date = answer.header("Date").orElse(null);
        if (date == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
