package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.bill.BillFault;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.bill.BillSandboxBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {

    private static Source<Vendor> vendors(Connector connector) {
        @SuppressWarnings("unchecked")
        Source<Vendor> source = (Source<Vendor>) connector.source("vendors", SourceContext.EMPTY);
        return source;
    }

    @Test
    void connectionsOfOneDeveloperKeyMakeThreeCallsAtOnceTogether() {
        BillSandboxBuilder slow = BillSandbox.builder().latency(Duration.ofMillis(10));
        try (Fixture fixture = new Fixture(slow, Map.of())) {
            String id = fixture.bill.enterVendor("Nordhaven", "USD");
            List<Source<Vendor>> sources =
                    List.of(vendors(fixture.connector()), vendors(fixture.open()), vendors(fixture.open()));
            ExecutorService threads = Executors.newFixedThreadPool(12);

            var reads = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 60; i++) {
                Source<Vendor> source = sources.get(i % 3);
                reads.add(CompletableFuture.runAsync(() -> source.fetch(id), threads));
            }
            reads.forEach(CompletableFuture::join);
            threads.shutdownNow();

            assertThat(fixture.bill.peakConcurrency()).isEqualTo(3);
            assertThat(fixture.bill.refused()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 503})
    void waitsALittleWhenTooManyCallsRunAtOnce(int status) {
        try (Fixture fixture = new Fixture()) {
            String id = fixture.bill.enterVendor("Nordhaven", "USD");
            fixture.bill.failNext(2, BillFault.errors(status, "BDC_1322"), (method, path) -> path.endsWith(id));

            assertThat(vendors(fixture.connector()).fetch(id)).isPresent();

            assertThat(fixture.waits)
                    .isNotEmpty()
                    .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(4)));
        }
    }

    @Test
    void repeatsAWriteThatTheLimitHasHeldOff() {
        try (Fixture fixture = new Fixture()) {
            fixture.bill.failNext(1, BillFault.errors(400, "BDC_1322"), (method, path) -> path.endsWith("/vendors"));

            fixture.linkedVendor(1);

            assertThat(fixture.bill.vendors()).hasSize(1);
        }
    }

    @Test
    void callsNothingBeforeTheNextHourOfTheServerWhenTheHourIsUsedUp() {
        try (Fixture fixture = new Fixture()) {
            String id = fixture.bill.enterVendor("Nordhaven", "USD");
            fixture.bill.failNext(1, BillFault.errors(400, "BDC_1144"), (method, path) -> path.endsWith(id));

            assertThat(vendors(fixture.connector()).fetch(id)).isPresent();

            // 09:14 by the server's clock
            assertThat(fixture.bill.now())
                    .isBetween(Instant.parse("2026-11-20T10:00:00Z"), Instant.parse("2026-11-20T10:00:30Z"));
            assertThat(fixture.bill.requestCount("GET", id)).isEqualTo(2);
        }
    }

    @Test
    void staysBelowTheCallsOfAnHour() {
        BillSandboxBuilder few = BillSandbox.builder().requestsPerHour(100);
        try (Fixture fixture = new Fixture(few, Map.of("requestsPerHour", 100))) {
            String id = fixture.bill.enterVendor("Nordhaven", "USD");
            Source<Vendor> vendors = vendors(fixture.connector());

            for (int i = 0; i < 250; i++) {
                vendors.fetch(id);
            }

            assertThat(fixture.bill.refused()).isZero();
            assertThat(Duration.between(Fixture.START, fixture.bill.now())).isGreaterThan(Duration.ofHours(2));
        }
    }
}
