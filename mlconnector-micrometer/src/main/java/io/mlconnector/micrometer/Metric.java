package io.mlconnector.micrometer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every metric there is, as docs/metrics.md lists them. */
enum Metric {
    RECORDS(
            "mlconnector.records",
            Kind.COUNTER,
            "records that a run has settled, by what became of them: `created`, `updated`, `removed`, `unchanged`,"
                    + " `echoed`, `parked`, `dead` or `in_doubt`",
            "flow",
            "outcome"),
    PAGE_RECORDS("mlconnector.page.records", Kind.SUMMARY, "records of each page that was read", "flow"),

    RUN("mlconnector.run", Kind.OBSERVATION, "a run of a flow, from its start to its end", "flow", "outcome"),
    PAGE("mlconnector.page", Kind.OBSERVATION, "reading one page from the source", "flow", "outcome"),
    BATCH(
            "mlconnector.batch",
            Kind.OBSERVATION,
            "handing one batch of records to the sink, with all the calls it takes",
            "flow",
            "outcome"),
    CALL(
            "mlconnector.call",
            Kind.OBSERVATION,
            "one call to a remote system, with its waits and repetitions; the outcome is the status of the answer, or the"
                    + " kind of failure",
            "connection",
            "method",
            "outcome"),

    FLOW_UP("mlconnector.flow.up", Kind.GAUGE, "1 if the flow is up, 0.5 if degraded, 0 if down", "flow"),
    FLOW_LAG(
            "mlconnector.flow.lag",
            Kind.SECONDS_GAUGE,
            "how old the source's state is that has reached the target; grows while the flow stands, and is not there"
                    + " before the source was caught up once",
            "flow"),
    FLOW_FAILURES(
            "mlconnector.flow.failures",
            Kind.GAUGE,
            "runs that have failed in a row; 0 after one that ended well",
            "flow"),
    FLOW_PARKED("mlconnector.flow.parked", Kind.GAUGE, "records that wait for something", "flow"),
    FLOW_DEAD("mlconnector.flow.dead", Kind.GAUGE, "dead letters that wait until something is mended", "flow"),
    FLOW_IN_DOUBT("mlconnector.flow.in.doubt", Kind.GAUGE, "writes that wait for a person", "flow"),

    CONNECTION_UP(
            "mlconnector.connection.up",
            Kind.GAUGE,
            "1 if the connection is up, 0.5 if degraded, 0 if down",
            "connection"),
    CONNECTION_PAUSED(
            "mlconnector.connection.paused",
            Kind.SECONDS_GAUGE,
            "how much longer nothing is sent, because the system said so",
            "connection"),
    REQUESTS("mlconnector.connection.requests", Kind.COUNTER, "attempts that went to the network", "connection"),
    THROTTLED("mlconnector.connection.throttled", Kind.COUNTER, "answers with status 429", "connection"),
    RETRIES("mlconnector.connection.retries", Kind.COUNTER, "attempts that repeated an earlier one", "connection"),
    WAITED(
            "mlconnector.connection.waited",
            Kind.SECONDS_COUNTER,
            "time that calls have waited for the rate limit, a pause or a backoff, added up over all threads",
            "connection"),
    TOKENS("mlconnector.connection.tokens", Kind.COUNTER, "requests for a token or a session", "connection"),
    RECEIVED("mlconnector.connection.received", Kind.BYTES_COUNTER, "bodies as they came over the wire", "connection");

    /** The types of Micrometer. */
    enum Kind {
        COUNTER("counter", null),
        SECONDS_COUNTER("counter", "seconds"),
        BYTES_COUNTER("counter", "bytes"),
        GAUGE("gauge", null),
        SECONDS_GAUGE("gauge", "seconds"),
        SUMMARY("summary", null),
        OBSERVATION("observation: timer, and `.active`", "seconds");

        final String shown;
        final @Nullable String unit;

        Kind(String shown, @Nullable String unit) {
            this.shown = shown;
            this.unit = unit;
        }
    }

    final String id;
    final Kind kind;
    final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody can change
    final List<String> tags;

    Metric(String id, Kind kind, String meaning, String... tags) {
        this.id = id;
        this.kind = kind;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** The table of docs/metrics.md. */
    static String table() {
        return Arrays.stream(values())
                .map(metric -> "| `" + metric.id + "` | " + metric.kind.shown
                        + (metric.kind.unit == null ? "" : ", " + metric.kind.unit) + " | "
                        + metric.tags.stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")) + " | "
                        + metric.meaning + " |")
                .collect(Collectors.joining(
                        "\n", "| metric | type | tags | meaning |\n| --- | --- | --- | --- |\n", ""));
    }
}
