package io.mlconnector.micrometer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.testkit.stripe.StripeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Every metric that docs/metrics.md lists is fed, and no other. With {@code -Dreadme.write=true} the page is brought up to date. */
class MetricsTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final MicrometerInsight insight = MicrometerInsight.of(meters);

    @Test
    void theDocumentationListsWhatThereIs() throws IOException {
        Path file = Path.of("..", "docs", "metrics.md");
        String page = Files.readString(file);
        String begin = "<!-- begin metrics -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end metrics -->");
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(file, page.substring(0, from) + Metric.table() + "\n" + page.substring(to));
        } else {
            assertThat(page.substring(from, to).strip()).isEqualTo(Metric.table());
        }
    }

    @Test
    void everyListedMetricIsFedUnderItsTags() {
        try (Pair pair = new Pair(insight, customer -> {
            if (customer.key().id().endsWith("1")) {
                throw new IllegalArgumentException("no such customer is wanted");
            }
            return customer;
        })) {
            List<FlowReport> reports = pair.engine.runAll();
            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.completed()).isTrue());
            doubt(pair);
            pair.changeCustomers(3);
            pair.stripe.failNext(100, StripeFault.rateLimited("global-rate"));
            assertThat(pair.engine.run("customers").completed()).isFalse();
            clock.add(Duration.ofSeconds(6));

            for (Metric metric : Metric.values()) {
                Set<String> tags = new TreeSet<>(metric.tags);
                if (metric.kind == Metric.Kind.OBSERVATION) {
                    tags.add("error");
                }
                assertThat(named(metric.id)).as(metric.id).isNotEmpty().allSatisfy(meter -> {
                    assertThat(tagNames(meter)).isEqualTo(tags);
                    assertThat(meter.getId().getBaseUnit()).isEqualTo(metric.kind.unit);
                });
                assertThat(named(metric.id)).as(metric.id + " " + shown()).anyMatch(meter -> value(meter) > 0);
            }
            assertThat(meters.getMeters().stream()
                            .map(meter -> meter.getId().getName())
                            .map(name -> name.endsWith(".active") ? name.substring(0, name.length() - 7) : name)
                            .collect(Collectors.toSet()))
                    .isEqualTo(Arrays.stream(Metric.values())
                            .map(metric -> metric.id)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void recordsAddUpToTheBooksOfTheRuns() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            List<FlowReport> first = pair.engine.runAll();
            List<FlowReport> second = pair.engine.runAll();

            for (int i = 0; i < first.size(); i++) {
                FlowReport one = first.get(i);
                FlowReport two = second.get(i);
                one.outcomes()
                        .forEach((tally, sum) -> assertThat(meters.get("mlconnector.records")
                                        .tag("flow", one.flow())
                                        .tag("outcome", tally.name().toLowerCase(Locale.ROOT))
                                        .counter()
                                        .count())
                                .isEqualTo((double) (sum.count() + two.count(tally))));
            }
        }
    }

    @Test
    void noTagNamesARecordOrASecret() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            pair.engine.runAll();

            Set<String> values = meters.getMeters().stream()
                    .flatMap(meter -> meter.getId().getTags().stream())
                    .map(Tag::getValue)
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(values)
                    .isSubsetOf(
                            "customers",
                            "invoices",
                            "ifs",
                            "stripe",
                            "GET",
                            "POST",
                            "200",
                            "ok",
                            "none",
                            "created",
                            "updated",
                            "removed",
                            "unchanged",
                            "echoed",
                            "parked",
                            "dead",
                            "in_doubt");
        }
    }

    @Test
    void healthIsAskedOnceForAllTheGaugesOfAScrape() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            pair.engine.run("customers");
            assertThat(gauge("mlconnector.flow.in.doubt")).isZero();
            doubt(pair);
            assertThat(gauge("mlconnector.flow.in.doubt")).isZero();

            clock.add(Duration.ofSeconds(6));

            assertThat(gauge("mlconnector.flow.in.doubt")).isEqualTo(1);
            assertThat(gauge("mlconnector.flow.up")).isEqualTo(0.5);
        }
    }

    private double gauge(String name) {
        return meters.get(name).tag("flow", "customers").gauge().value();
    }

    private static void doubt(Pair pair) {
        Lease lease = pair.ledger.acquire("customers");
        pair.ledger.inTransaction(lease, tx -> {
            tx.intents()
                    .put(List.of(new Intent(
                            "customers",
                            new RecordKey("ifs", "customers", "lost"),
                            Endpoint.parse("stripe/customers"),
                            null,
                            Action.CREATE,
                            new IdempotencyKey("key"),
                            null,
                            Fingerprint.none(),
                            Set.of(),
                            Instant.EPOCH,
                            1,
                            "no answer")));
            return lease;
        });
        pair.ledger.release(lease);
    }

    private List<Meter> named(String name) {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(name))
                .toList();
    }

    private static Set<String> tagNames(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a counter has counted, a gauge shows, or how often a timer or a summary was fed. */
    private static double value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measurement -> measurement.getStatistic() != Statistic.MAX)
                .findFirst()
                .map(measurement -> requireNonNull(measurement).getValue())
                .orElse(0.0);
    }

    private Map<String, Double> shown() {
        var shown = new TreeMap<String, Double>();
        meters.getMeters().forEach(meter -> shown.put(meter.getId().toString(), value(meter)));
        return shown;
    }
}
