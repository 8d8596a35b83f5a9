package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.testkit.syspro.HeldPost;
import io.mlconnector.testkit.syspro.Posting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that posts payments to SYSPRO is killed with SIGKILL while one of its documents is on the way, and another goes on
 * with its ledger. What was posted is counted at SYSPRO.
 */
@Timeout(120)
class SysproKillTest {

    private static final int INVOICES = 40;
    private static final int PAID = 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Where the document is when its sender dies. */
    enum Place {
        /** Read by SYSPRO and never carried out. */
        NEVER_POSTED,
        /** Posted, and the answer is on its way. */
        POSTED,
        /** Carried out while the next process waits out the settle time. */
        POSTED_AFTER_THE_RESTART
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyPaymentIsPostedOnceAlthoughTheProcessWasKilled(Place place) {
        try (var systems = new SysproStripeSystems(10, INVOICES)) {
            Map<String, String> environment = new LinkedHashMap<>(systems.environment());
            environment.put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
            Path configuration =
                    DemoConfiguration.write(folder.resolve("syspro-stripe.json"), "syspro-stripe", Map.of());
            run(configuration, environment, duration -> {});
            systems.payers().pay(PAID);
            HeldPost held = systems.syspro().holdNextPost(place == Place.POSTED);

            KilledRun.of(configuration, environment, folder.resolve("killed.log"), dyingAt(held));
            if (place == Place.NEVER_POSTED) {
                assertThat(systems.syspro().postings()).isEmpty();
            }
            List<FlowReport> reports = run(configuration, environment, duration -> {
                if (place == Place.POSTED_AFTER_THE_RESTART && duration.compareTo(Duration.ofSeconds(30)) > 0) {
                    held.release(LONGEST);
                }
            });

            assertThat(reports).allSatisfy(report -> {
                assertThat(report.balanced()).isTrue();
                assertThat(report.count(Tally.IN_DOUBT)).isZero();
                assertThat(report.count(Tally.DEAD)).isZero();
            });
            Map<String, Long> posted = systems.syspro().postings().stream()
                    .collect(Collectors.groupingBy(
                            posting -> posting.reference() + posting.invoice(), Collectors.counting()));
            assertThat(posted.values()).allMatch(times -> times == 1);
            assertThat(systems.syspro().postings().stream()
                            .map(Posting::reference)
                            .distinct())
                    .hasSizeGreaterThanOrEqualTo(systems.payers().paid().size());
            assertThat(systems.countMoney().missing()).isZero();
        }
    }

    private static Chaos dyingAt(HeldPost held) {
        return new Chaos() {
            @Override
            public Map<String, Map<String, String>> settings() {
                return Map.of();
            }

            @Override
            public void awaitMiddle(Duration longest) throws InterruptedException {
                held.awaitArrival(longest);
            }

            @Override
            public void letGo() {
                // what is held is let go by the test, or never
            }

            @Override
            public Map<String, Integer> struck() {
                return Map.of();
            }
        };
    }

    private static List<FlowReport> run(Path configuration, Map<String, String> environment, Sleeper sleeper) {
        try (Integration integration = Integration.builder()
                .environment(environment::get)
                .sleeper(sleeper)
                .load(configuration)) {
            return integration.engine().runAll();
        }
    }
}
