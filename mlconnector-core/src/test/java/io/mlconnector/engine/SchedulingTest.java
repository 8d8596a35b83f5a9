package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.schedule.Schedule;
import io.mlconnector.schedule.Scheduler;
import io.mlconnector.spi.Ledger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine and its scheduler, on real threads where there are any. */
@Timeout(30)
class SchedulingTest {

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final Ledger ledger = new InMemoryLedger();
    private final MovedTime time = new MovedTime();
    private final Queue<FlowReport> reports = new ConcurrentLinkedQueue<>();

    private SyncEngine engine(SyncListener... listeners) {
        SyncEngine.Builder builder = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .clock(time)
                .sleeper(time)
                .addFlow(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build());
        for (SyncListener listener : listeners) {
            builder.addListener(listener);
        }
        return builder.build();
    }

    private Scheduler.Builder scheduler(SyncEngine engine) {
        return Scheduler.of(engine, ledger)
                .clock(time)
                .sleeper(time)
                .add("customers", Schedule.every(Duration.ofHours(1)));
    }

    @Test
    void aDrainedEngineEndsItsPassAfterThePageAndTheNextOneGoesOnFromThere() {
        for (int i = 1; i <= 25; i++) {
            erp.customers.put(customer("" + i, "Mueller"));
        }
        SyncEngine[] drained = new SyncEngine[1];
        drained[0] = engine(new SyncListener() {
            @Override
            public void pageSettled(FlowReport soFar) {
                drained[0].drain();
            }
        });

        FlowReport cut = drained[0].run("customers");

        assertThat(cut.completed()).isFalse();
        assertThat(cut.failureReason().orElseThrow()).contains("ended after a page, because the engine closes");
        assertThat(cut.balanced()).isTrue();
        assertThat(bank.customers.documents).hasSize(10);
        assertThatThrownBy(() -> drained[0].run("customers"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("flow customers does not run, because the engine closes");
        assertThat(drained[0].runAll()).extracting(FlowReport::completed).containsExactly(false);
        assertThat(engine().run("customers").count(Tally.CREATED)).isEqualTo(15);
        assertThat(bank.customers.documents).hasSize(25);
    }

    @Test
    void aFlowRunsOnceTheSchedulerIsStartedAndAgainWhenItIsAskedFor() throws InterruptedException {
        erp.customers.put(customer("1", "Mueller"));
        var ended = new CountDownLatch(2);
        var first = new CountDownLatch(1);
        try (SyncEngine engine = engine(new SyncListener() {
                    @Override
                    public void runEnded(FlowReport report) {
                        reports.add(report);
                        first.countDown();
                        ended.countDown();
                    }
                });
                Scheduler scheduler = scheduler(engine).build()) {
            assertThat(scheduler.status().get(0).next()).isEqualTo(time.instant());
            scheduler.start();
            assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
            scheduler.runNow("customers");
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(reports).hasSize(2).allMatch(FlowReport::completed);
        assertThat(bank.customers.documents).hasSize(1);
    }

    @Test
    void closingWaitsForARunThatIsGoingOn() throws InterruptedException {
        erp.customers.put(customer("1", "Mueller"));
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        bank.customers.next((store, write) -> {
            writing.countDown();
            await(goOn);
            return null;
        });
        SyncEngine engine = engine();
        Scheduler scheduler = scheduler(engine).build();
        scheduler.start();
        assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

        var closing = new Thread(scheduler::close);
        closing.start();
        goOn.countDown();
        closing.join();

        assertThat(bank.customers.documents).hasSize(1);
        assertThat(scheduler.status().get(0).running()).isFalse();
        assertThat(scheduler.status().get(0).failures()).isZero();
    }

    @Test
    void closingGivesUpOnARunThatDoesNotEnd() throws InterruptedException {
        erp.customers.put(customer("1", "Mueller"));
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        bank.customers.next((store, write) -> {
            writing.countDown();
            await(goOn);
            return null;
        });
        Scheduler scheduler = scheduler(engine()).drainWait(Duration.ZERO).build();
        scheduler.start();
        assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

        scheduler.close();

        assertThat(bank.customers.documents).isEmpty();
        assertThat(scheduler.status().get(0).running()).isTrue();
        goOn.countDown();
    }

    @Test
    void refusesAFlowThatIsUnknownTwiceScheduledOrNeverDue() {
        SyncEngine engine = engine();

        assertThatThrownBy(() -> Scheduler.of(engine, ledger).add("custmers", Schedule.every(Duration.ofHours(1))))
                .hasMessage("there is no flow 'custmers'; known: [customers]");
        assertThatThrownBy(() -> scheduler(engine).add("customers", Schedule.every(Duration.ofHours(2))))
                .hasMessageContaining("flow customers has two schedules");
        assertThatThrownBy(() -> Scheduler.of(engine, ledger)
                        .add("customers", Schedule.cron("0 0 30 2 *", ZoneOffset.UTC))
                        .build())
                .hasMessageContaining("flow customers is never due: cron 0 0 30 2 * Z");
        assertThatThrownBy(() -> Scheduler.of(engine, ledger).threads(0)).hasMessage("threads must be from 1 to 64: 0");
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
