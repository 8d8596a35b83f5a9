package io.mlconnector.jdbc.lease;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import io.mlconnector.schedule.Schedule;
import io.mlconnector.schedule.ScheduleStatus;
import io.mlconnector.schedule.Scheduler;
import io.mlconnector.spi.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of two ledgers on one file, which stand for two processes. */
@Timeout(60)
class SharedScheduleTest {

    @TempDir
    Path folder = Path.of(".");

    private JdbcLedger open() {
        return JdbcLedger.sqlite(folder.resolve("ledger.db"));
    }

    private SyncEngine engine(JdbcLedger ledger, SyncListener listener) {
        return SyncEngine.builder()
                .ledger(ledger)
                .addConnection(new Customers())
                .addConnection(new Documents(folder.resolve("documents"), () -> {}))
                .addFlow(Flow.of("a", Customer.class)
                        .from("erp/a")
                        .to("documents/a")
                        .build())
                .addListener(listener)
                .build();
    }

    private static Scheduler scheduler(SyncEngine engine, JdbcLedger ledger) {
        return Scheduler.of(engine, ledger)
                .add("a", Schedule.every(Duration.ofHours(1)))
                .build();
    }

    @Test
    void aFlowIsPausedWhileAnotherProcessRunsItAndStaysSoAfterARestart() {
        try (JdbcLedger running = open();
                JdbcLedger ledger = open();
                SyncEngine engine = engine(ledger, new SyncListener() {});
                Scheduler scheduler = scheduler(engine, ledger)) {
            Lease lease = running.acquire("a");

            scheduler.pause("a", "Ada");

            running.check(lease);
        }

        try (JdbcLedger ledger = open();
                SyncEngine engine = engine(ledger, new SyncListener() {});
                Scheduler scheduler = scheduler(engine, ledger)) {
            assertThat(scheduler.status().get(0).pausedBy()).isEqualTo("Ada");
            scheduler.resume("a", "Grace");
            assertThat(scheduler.status().get(0).pausedBy()).isNull();
            Optional<String> fault = ledger.read(tx -> tx.audit().verify());
            assertThat(fault).isEmpty();
        }
    }

    @Test
    void aRunIsSeenInEveryProcessAndSetsTheSameNextTimeThere() throws InterruptedException {
        var ended = new CountDownLatch(1);
        try (JdbcLedger ledger = open();
                SyncEngine engine = engine(ledger, new SyncListener() {
                    @Override
                    public void runEnded(FlowReport report) {
                        ended.countDown();
                    }
                })) {
            try (Scheduler scheduler = scheduler(engine, ledger)) {
                scheduler.start();
                assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            }
            try (JdbcLedger other = open();
                    SyncEngine same = engine(other, new SyncListener() {});
                    Scheduler elsewhere = scheduler(same, other)) {
                ScheduleStatus status = elsewhere.status().get(0);

                assertThat(Duration.between(requireNonNull(status.ended()), requireNonNull(status.next())))
                        .isBetween(Duration.ofHours(1), Duration.ofMinutes(66));
            }
        }
        assertThat(Documents.lines(folder.resolve("documents"))).hasSize(3);
    }
}
