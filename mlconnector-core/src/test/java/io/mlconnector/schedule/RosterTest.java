package io.mlconnector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.Sum;
import io.mlconnector.engine.Tally;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.schedule.Schedule.Closed;
import io.mlconnector.schedule.Schedule.Missed;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Time is moved, and a run ends when the test says so. */
class RosterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Schedule TEN_MINUTES =
            Schedule.every(Duration.ofMinutes(10)).withJitter(Duration.ZERO);

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<String> runs = new ArrayList<>();
    private final Map<String, Supplier<FlowReport>> results = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T08:00:00Z"); // a Monday
    private final StateStore store = new StateStore(ledger, () -> now, duration -> {});

    private static <T extends BusinessRecord> ScheduledFlow flow(
            String name, Class<T> type, String from, String to, Schedule schedule) {
        return new ScheduledFlow(
                Flow.of(name, type)
                        .from(from + "/" + type.getSimpleName())
                        .to(to + "/" + type.getSimpleName())
                        .build(),
                schedule);
    }

    private static ScheduledFlow customers(Schedule schedule) {
        return flow("customers", Customer.class, "erp", "bank", schedule);
    }

    private static ScheduledFlow invoices(Schedule schedule) {
        return flow("invoices", Invoice.class, "erp", "bank", schedule);
    }

    private static ScheduledFlow payments(Schedule schedule) {
        return flow("payments", Payment.class, "bank", "erp", schedule);
    }

    private static FlowReport report(String flow, @Nullable String failure) {
        return new FlowReport(flow, "run", 0, 0, 0, 0, Sum.NOTHING, new EnumMap<>(Tally.class), Sum.NOTHING, failure);
    }

    /** What a process does: its roster, and the runs that it has begun and not ended. */
    private final class Scheduling {

        private final List<Runnable> going = new ArrayList<>();
        private final Roster roster;

        Scheduling(int threads, ScheduledFlow... flows) {
            roster = new Roster(
                    List.of(flows),
                    flow -> {
                        runs.add(flow);
                        return results.getOrDefault(flow, () -> report(flow, null))
                                .get();
                    },
                    store,
                    () -> now,
                    threads,
                    going::add,
                    () -> {});
        }

        /** Begins what is due now, and returns how many runs are going. */
        int begin() {
            roster.tick();
            return going.size();
        }

        void endAll() {
            List<Runnable> ending = List.copyOf(going);
            going.clear();
            ending.forEach(Runnable::run);
        }

        /** Runs what is due now, also what waits for its turn. */
        void run() {
            while (begin() > 0) {
                endAll();
            }
        }

        void runFor(Duration duration) {
            Instant end = now.plus(duration);
            while (true) {
                run();
                Instant next = roster.tick();
                if (next.isAfter(end)) {
                    now = end;
                    return;
                }
                now = next;
            }
        }

        ScheduleStatus status() {
            return roster.status().get(0);
        }
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void aFlowRunsAtOnceAndThenAfterEachPause() {
        var process = new Scheduling(4, customers(TEN_MINUTES));

        process.run();
        pass(Duration.ofMinutes(9));
        process.run();
        assertThat(runs).hasSize(1);
        pass(MINUTE);
        process.run();

        assertThat(runs).hasSize(2);
        assertThat(process.status().next()).isEqualTo(now.plus(Duration.ofMinutes(10)));
    }

    @Test
    void thePauseCountsFromTheEndOfARunAndAFlowNeverRunsBesideItself() {
        var process = new Scheduling(4, customers(TEN_MINUTES));
        process.begin();
        pass(Duration.ofHours(1));

        assertThat(process.begin()).isEqualTo(1);
        assertThat(process.status().running()).isTrue();
        process.endAll();

        assertThat(runs).hasSize(1);
        assertThat(process.roster.tick()).isEqualTo(now.plus(Duration.ofMinutes(10)));
    }

    @Test
    void flowsOfOneDirectionTakeTurnsInTheirOrderAndOthersRunBesideThem() {
        var process = new Scheduling(4, customers(TEN_MINUTES), invoices(TEN_MINUTES), payments(TEN_MINUTES));

        assertThat(process.begin()).isEqualTo(2);
        process.endAll();
        assertThat(runs).containsExactly("customers", "payments");
        process.run();

        assertThat(runs).containsExactly("customers", "payments", "invoices");
    }

    @Test
    void theTwoWaysOfATwoWayFlowTakeTurns() {
        var process = new Scheduling(
                4,
                flow("there", Customer.class, "erp", "bank", TEN_MINUTES),
                flow("back", Customer.class, "bank", "erp", TEN_MINUTES));

        assertThat(process.begin()).isEqualTo(1);
        process.endAll();
        assertThat(process.begin()).isEqualTo(1);
    }

    @Test
    void noMoreFlowsRunAtOnceThanThereAreThreads() {
        var process = new Scheduling(
                2,
                flow("a", Customer.class, "a", "b", TEN_MINUTES),
                flow("b", Customer.class, "b", "c", TEN_MINUTES),
                flow("c", Customer.class, "c", "d", TEN_MINUTES));

        assertThat(process.begin()).isEqualTo(2);
        assertThat(process.begin()).isEqualTo(2);
        process.endAll();
        assertThat(process.begin()).isEqualTo(1);
    }

    @Test
    void theFlowThatHasBeenDueForLongestBeginsFirst() {
        var process = new Scheduling(
                1,
                customers(TEN_MINUTES),
                payments(Schedule.every(Duration.ofMinutes(5)).withJitter(Duration.ZERO)));
        process.run();
        runs.clear();
        pass(Duration.ofMinutes(30));

        process.run();

        assertThat(runs).containsExactly("payments", "customers");
    }

    @Test
    void aFailingFlowBacksOffToAnHourAndStopsNoOther() {
        var process = new Scheduling(4, customers(TEN_MINUTES), invoices(TEN_MINUTES));
        var tries = new ArrayList<Instant>();
        results.put("customers", () -> {
            tries.add(now);
            return report("customers", "UnavailableException: the ERP is down");
        });

        process.runFor(Duration.ofHours(6));

        for (int i = 1; i < tries.size(); i++) {
            Duration whole = Duration.ofMinutes(Math.min(60, 1L << (i - 1)));
            assertThat(Duration.between(tries.get(i - 1), tries.get(i)))
                    .isBetween(whole, whole.plus(whole.dividedBy(10)));
        }
        assertThat(tries).hasSizeBetween(10, 12);
        assertThat(runs.stream().filter("invoices"::equals)).hasSizeGreaterThan(35);
        assertThat(process.status().failures()).isEqualTo(tries.size());

        results.clear();
        process.runFor(Duration.ofHours(2));
        assertThat(process.status().failures()).isZero();
        assertThat(process.status().next()).isBetween(now, now.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aDefectIsAFailureToo() {
        results.put("customers", () -> {
            throw new UnsupportedOperationException("a defect");
        });
        var process = new Scheduling(4, customers(TEN_MINUTES));

        process.run();

        assertThat(process.status().failures()).isEqualTo(1);
        assertThat(process.status().running()).isFalse();
    }

    @Test
    void aFlowWhoseThreadDiesIsTriedAgainAndNotAtOnce() {
        results.put("customers", () -> {
            throw new StackOverflowError("an end of the thread");
        });
        var process = new Scheduling(4, customers(TEN_MINUTES));
        process.begin();
        assertThatThrownBy(process::endAll).isInstanceOf(StackOverflowError.class);

        assertThat(process.begin()).isZero();
        pass(Roster.LOOK_AGAIN);
        assertThat(process.begin()).isEqualTo(1);
    }

    @Test
    void aNightlyRunThatFailsIsNotPutOffToTheNextNight() {
        results.put("customers", () -> report("customers", "UnavailableException"));
        var process = new Scheduling(4, customers(Schedule.cron("0 2 * * *", ZoneOffset.UTC)));
        process.runFor(Duration.ofHours(18).plusMinutes(1));
        assertThat(runs).hasSize(1);
        results.clear();

        process.runFor(Duration.ofMinutes(2));

        assertThat(runs).hasSize(2);
        assertThat(process.status().next()).isEqualTo(Instant.parse("2026-03-04T02:00:00Z"));
    }

    @Test
    void aRestartGoesOnInTheRhythmOfTheProcessBeforeIt() {
        new Scheduling(4, customers(TEN_MINUTES)).run();
        pass(Duration.ofMinutes(4));

        var restarted = new Scheduling(4, customers(TEN_MINUTES));
        restarted.run();
        assertThat(runs).hasSize(1);
        assertThat(restarted.roster.tick()).isEqualTo(now.plus(Duration.ofMinutes(6)));
    }

    @Test
    void whatWasMissedWhileTheProcessWasDownIsMadeUpForByOneRun() {
        Schedule hourly = Schedule.cron("0 * * * *", ZoneOffset.UTC);
        new Scheduling(4, customers(hourly)).runFor(Duration.ofHours(1));
        assertThat(runs).hasSize(1);
        pass(Duration.ofHours(5).plusMinutes(30));

        new Scheduling(4, customers(hourly)).runFor(Duration.ofMinutes(10));

        assertThat(runs).hasSize(2);
    }

    @Test
    void whatWasMissedIsLeftOutWhereTheScheduleSaysSo() {
        Schedule hourly = Schedule.cron("0 * * * *", ZoneOffset.UTC).missed(Missed.SKIP);
        new Scheduling(4, customers(hourly)).runFor(Duration.ofHours(1));
        pass(Duration.ofHours(5).plusMinutes(30));
        var restarted = new Scheduling(4, customers(hourly));

        restarted.runFor(Duration.ofMinutes(10));
        assertThat(runs).hasSize(1);
        restarted.runFor(Duration.ofMinutes(30));

        assertThat(runs).hasSize(2);
    }

    @Test
    void timesThatPassDuringARunAreMadeUpForByOneRunOrLeftOut() {
        Schedule often = Schedule.cron("*/5 * * * *", ZoneOffset.UTC);
        var process = new Scheduling(4, customers(often), payments(often.missed(Missed.SKIP)));
        process.begin();
        pass(Duration.ofMinutes(5));
        process.begin();
        pass(Duration.ofMinutes(13));
        process.endAll();

        assertThat(process.roster.status())
                .extracting(ScheduleStatus::next)
                .containsExactly(now, Instant.parse("2026-03-02T08:20:00Z"));
    }

    @Test
    void whatIsDueInAClosedTimeWaitsForTheOpening() {
        WorkCalendar office = WorkCalendar.in(ZoneOffset.UTC)
                .addHours(LocalTime.of(9, 0), LocalTime.of(17, 0))
                .build();
        var process = new Scheduling(4, customers(TEN_MINUTES.within(office, Closed.MOVE)));

        process.run();
        assertThat(runs).isEmpty();
        process.runFor(Duration.ofHours(1));

        assertThat(runs).hasSize(1);
    }

    @Test
    void aPausedFlowDoesNotRunInAnyProcessUntilItIsResumed() {
        new Scheduling(4, customers(TEN_MINUTES)).run();
        store.pause("customers", "Ada");
        var restarted = new Scheduling(4, customers(TEN_MINUTES));

        restarted.runFor(Duration.ofHours(1));
        assertThat(runs).hasSize(1);
        assertThat(restarted.status().pausedBy()).isEqualTo("Ada");
        assertThat(restarted.status().next()).isNull();
        store.resume("customers", "Grace");
        restarted.runFor(Roster.LOOK_AGAIN);

        assertThat(runs).hasSize(2);
        List<AuditEntry> audited =
                ledger.read(tx -> tx.audit().query(AuditQuery.newest(9).withFlow("customers")));
        assertThat(audited)
                .extracting(AuditEntry::detail)
                .containsExactlyInAnyOrder("paused by Ada", "resumed by Grace");
    }

    @Test
    void aFlowThatIsAskedForRunsNowAlsoIfItIsPausedOrClosed() {
        WorkCalendar sundays =
                WorkCalendar.in(ZoneOffset.UTC).days(Set.of(DayOfWeek.SUNDAY)).build();
        var process = new Scheduling(4, customers(TEN_MINUTES.within(sundays, Closed.MOVE)));
        store.pause("customers", "Ada");
        process.run();
        assertThat(runs).isEmpty();

        process.roster.runNow("customers");
        process.run();

        assertThat(runs).hasSize(1);
        process.runFor(Duration.ofDays(10));
        assertThat(runs).hasSize(1);
        assertThatThrownBy(() -> process.roster.runNow("custmers"))
                .hasMessage("flow 'custmers' has no schedule; those that have: [customers]");
    }

    @Test
    void aFlowThatIsAskedForWhileItRunsRunsOnceMore() {
        var process = new Scheduling(4, customers(TEN_MINUTES));
        process.begin();
        process.roster.runNow("customers");
        process.roster.runNow("customers");

        process.endAll();
        process.run();

        assertThat(runs).hasSize(2);
    }

    @Test
    void aFlowThatAnotherProcessRunsIsWaitedForAndTakenOverWhenThatDies() {
        results.put("customers", () -> {
            throw new LedgerException("flow customers runs in another process", Details.NONE);
        });
        var process = new Scheduling(4, customers(TEN_MINUTES));
        process.runFor(MINUTE);
        assertThat(runs).hasSizeBetween(4, 5);
        assertThat(process.status().failures()).isZero();

        results.clear();
        runs.clear();
        process.runFor(Roster.LOOK_AGAIN);

        assertThat(runs).hasSize(1);
    }

    @Test
    void ofTwoProcessesOneRunsAFlowAtEachOfItsTimes() {
        var one = new Scheduling(4, customers(TEN_MINUTES));
        var other = new Scheduling(4, customers(TEN_MINUTES));
        one.run();
        other.run();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofMinutes(10));
            other.run();
            one.run();
        }

        assertThat(runs).hasSize(6);
    }

    @Test
    void nothingBeginsOnceItClosesAndARunThatIsCutShortGoesOnAfterTheRestart() {
        var process = new Scheduling(4, customers(TEN_MINUTES), invoices(TEN_MINUTES));
        results.put("customers", () -> report("customers", "UnavailableException: ended after a page"));
        process.begin();

        process.roster.close();
        process.endAll();
        process.run();
        assertThat(runs).containsExactly("customers");
        results.clear();
        new Scheduling(4, customers(TEN_MINUTES), invoices(TEN_MINUTES)).run();

        assertThat(runs).containsExactly("customers", "customers", "invoices");
    }

    @Test
    void theJitterIsTheSameInEveryProcessAndDiffersFromRunToRun() {
        Schedule jittered = Schedule.every(Duration.ofMinutes(10)).withJitter(Duration.ofMinutes(10));
        var process = new Scheduling(4, customers(jittered));
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 10; i++) {
            process.run();
            Instant next = process.roster.tick();
            assertThat(new Scheduling(4, customers(jittered)).status().next()).isEqualTo(next);
            pauses.add(Duration.between(now, next));
            now = next;
        }

        assertThat(pauses).doesNotHaveDuplicates();
        assertThat(pauses).allMatch(pause -> pause.toMinutes() >= 10 && pause.toMinutes() <= 20);
    }
}
