package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import io.mlconnector.testkit.cloudsuite.CloudSuiteRequest;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.cloudsuite.HeldAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that posts payments to M3, which knows no idempotency key, is killed with SIGKILL at every step of the posting, and
 * another goes on with its ledger. What stands is counted at the customer ledger and the general ledger.
 */
@Timeout(600)
class CloudSuiteKillTest {

    /** Where the process is when it is killed. */
    enum Step {
        LINES_UNDER_WAY("AddBatchLine", true),
        LINES_WRITTEN_AND_NOT_ANSWERED("AddBatchLine", false),
        CHECK_UNDER_WAY("ControlBatch", true),
        CHECKED_AND_NOT_ANSWERED("ControlBatch", false);

        private final String transaction;
        private final boolean beforeEffect;

        Step(String transaction, boolean beforeEffect) {
            this.transaction = transaction;
            this.beforeEffect = beforeEffect;
        }

        Predicate<CloudSuiteRequest> request() {
            return request -> request.transactions().contains(transaction);
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Step.class)
    void everyPaymentStandsOnceAlthoughTheProcessWasKilled(Step step) {
        try (var systems = new CloudSuiteStripeSystems(10, 60)) {
            Map<String, String> environment = new LinkedHashMap<>(systems.environment());
            environment.put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
            Path configuration = DemoConfiguration.write(
                    folder.resolve("cloudsuite-stripe.json"), "cloudsuite-stripe", systems.webhookSettings());
            run(configuration, environment, Sleeper.REAL);
            systems.pay();
            systems.m3().stopFailing();

            KilledRun.of(configuration, environment, folder.resolve("killed.log"), trap(systems.m3(), step));
            KilledRun.of(configuration, environment, folder.resolve("recovery.log"), lookUpTrap(systems.m3()));
            // What was under way takes effect during the settle time after the restart.
            List<FlowReport> reports =
                    run(configuration, environment, duration -> systems.m3().land());

            assertThat(reports).allSatisfy(report -> {
                assertThat(report.balanced()).isTrue();
                assertThat(report.count(Tally.IN_DOUBT)).isZero();
            });
            DemoSystems.TargetCount count = systems.countMoney();
            assertThat(count.duplicates()).isZero();
            assertThat(count.missing()).isZero();
            assertThat(count.documents()).isGreaterThan(20);
        }
    }

    private static List<FlowReport> run(Path configuration, Map<String, String> environment, Sleeper sleeper) {
        try (Integration integration = Integration.builder()
                .environment(environment::get)
                .sleeper(sleeper)
                .load(configuration)) {
            return integration.engine().runAll();
        }
    }

    private static Chaos trap(CloudSuiteSandbox m3, Step step) {
        return step.beforeEffect ? underWay(m3, step.request()) : held(m3.holdNext(step.request()));
    }

    /** The second process is killed while it looks up what the first one left. */
    private static Chaos lookUpTrap(CloudSuiteSandbox m3) {
        return held(m3.holdNext(request -> request.transactions().contains("LstMlcPayments")));
    }

    /** The gateway gives up, and M3 executes the request after the process is dead. */
    private static Chaos underWay(CloudSuiteSandbox m3, Predicate<CloudSuiteRequest> which) {
        var arrived = new CountDownLatch(1);
        m3.failNext(
                1,
                request -> {
                    boolean fits = which.test(request);
                    if (fits) {
                        arrived.countDown();
                    }
                    return fits;
                },
                CloudSuiteFault.timeoutBeforeEffect());
        return new Killing(
                longest -> {
                    if (!arrived.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw new IllegalStateException("the request did not come within " + longest);
                    }
                },
                () -> {});
    }

    private static Chaos held(HeldAnswer held) {
        return new Killing(held::awaitArrival, held::release);
    }

    @FunctionalInterface
    private interface Arrival {
        void await(Duration longest) throws InterruptedException;
    }

    /** When to kill. */
    private record Killing(Arrival arrival, Runnable afterwards) implements Chaos {

        @Override
        public Map<String, Map<String, String>> settings() {
            return Map.of();
        }

        @Override
        public void awaitMiddle(Duration longest) throws InterruptedException {
            arrival.await(longest);
        }

        @Override
        public void letGo() {
            afterwards.run();
        }

        @Override
        public Map<String, Integer> struck() {
            return Map.of();
        }
    }
}
