package io.mlconnector.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.PageRead;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.engine.Tally;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of docs/spring-boot.md between an IFS Cloud and a Stripe. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SyncApplicationTest {

    private static final int CUSTOMERS = 5;

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();

    private final BlockingQueue<FlowReport> ended = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        IfsDemoData.seeded(3, Instant.now().minusSeconds(3_600), CUSTOMERS, 8).loadInto(ifs);
    }

    @AfterEach
    void stop() {
        stripe.close();
        ifs.close();
    }

    @Test
    void syncsByItsScheduleAndShowsHealthAndMetrics() throws Exception {
        try (ConfigurableApplicationContext application = start("PT0.05S")) {
            SyncEngine engine = application.getBean(SyncEngine.class);
            var meters = application.getBean(MeterRegistry.class);
            awaitRunOf("invoices");
            awaitRunOf("invoices");

            assertThat(stripe.customers()).hasSize(CUSTOMERS);
            assertThat(stripe.invoices()).hasSize(8);
            assertThat(engine.health().reasons()).isEmpty();
            HealthComponent health = application.getBean(HealthEndpoint.class).healthForPath("sync");
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(meters.get("mlconnector.call")
                            .tag("connection", "stripe")
                            .timers())
                    .isNotEmpty();
            assertThat(meters.get("mlconnector.records")
                            .tags("flow", "invoices", "outcome", "created")
                            .counter()
                            .count())
                    .isEqualTo(8);
            assertThat(meters.get("mlconnector.flow.up")
                            .tag("flow", "invoices")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    private FlowReport awaitRunOf(String flow) throws InterruptedException {
        FlowReport report = ended.take();
        while (!report.flow().equals(flow)) {
            report = ended.take();
        }
        return report;
    }

    @Test
    void aDownedConnectionTakesTheHealthDown() throws Exception {
        try (ConfigurableApplicationContext application = start("PT1H", "STRIPE_API_KEY=sk_test_of_somebody_else")) {
            SyncEngine engine = application.getBean(SyncEngine.class);
            assertThat(awaitRunOf("customers").completed()).isFalse();

            HealthComponent health = application.getBean(HealthEndpoint.class).healthForPath("sync");

            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(engine.health().reasons().toString())
                    .contains("the credentials are refused")
                    .doesNotContain("sk_test_of_somebody_else");
        }
    }

    @Test
    void letsTheRunningPassEndBeforeItCloses() throws Exception {
        stripe.failNext(3, StripeFault.slowAnswer(Duration.ofMillis(300)), (method, path) -> method.equals("POST"));
        ConfigurableApplicationContext application = start("PT1H");
        started.await();

        application.close();

        assertThat(ended)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.completed()).isTrue());
        assertThat(stripe.customers()).hasSize(CUSTOMERS);
        assertThat(stripe.invoices()).hasSize(8);
        ended.clear();
        try (ConfigurableApplicationContext again = start("PT1H")) {
            FlowReport report = awaitRunOf("invoices");
            assertThat(again.isRunning()).isTrue();
            assertThat(report.recovered()).isZero();
            assertThat(report.count(Tally.CREATED)).isZero();
        }
    }

    private ConfigurableApplicationContext start(String every, String... more) throws IOException {
        Path file = folder.resolve("sync.json");
        Files.writeString(file, """
                {
                  "ledger": {"type": "sqlite", "file": "${env:LEDGER}"},
                  "connections": {
                    "ifs": {
                      "type": "ifs",
                      "baseUrl": "${env:IFS_BASE_URL}",
                      "tokenUrl": "${env:IFS_TOKEN_URL}",
                      "clientId": "${env:IFS_CLIENT_ID}",
                      "clientSecret": "${env:IFS_CLIENT_SECRET}",
                      "company": "10"
                    },
                    "stripe": {
                      "type": "stripe",
                      "apiKey": "${env:STRIPE_API_KEY}",
                      "baseUrl": "${env:STRIPE_BASE_URL}",
                      "requestsPerSecond": 1000
                    }
                  },
                  "flows": {
                    "customers": {"from": "ifs/customers", "to": "stripe/customers"},
                    "invoices": {"from": "ifs/invoices", "to": "stripe/invoices"}
                  }
                }
                """);
        return new SpringApplicationBuilder(SyncApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "mlconnector.configuration=" + file,
                        "mlconnector.every=" + every,
                        "LEDGER=" + folder.resolve("ledger.db"),
                        "IFS_BASE_URL=" + ifs.baseUrl(),
                        "IFS_TOKEN_URL=" + ifs.tokenUrl(),
                        "IFS_CLIENT_ID=" + ifs.clientId(),
                        "IFS_CLIENT_SECRET=" + ifs.clientSecret(),
                        "STRIPE_API_KEY=" + stripe.apiKey(),
                        "STRIPE_BASE_URL=" + stripe.baseUrl())
                .properties(more)
                .initializers(context -> context.getBeanFactory().registerSingleton("watching", new SyncListener() {
                    @Override
                    public void pageRead(PageRead page) {
                        started.countDown();
                    }

                    @Override
                    public void runEnded(FlowReport report) {
                        ended.add(report);
                    }
                }))
                .run();
    }
}
