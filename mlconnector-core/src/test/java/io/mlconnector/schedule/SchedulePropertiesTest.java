package io.mlconnector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchedulePropertiesTest {

    record Case(Schedule schedule, Instant after, long seed) {}

    record Opening(WorkCalendar calendar, Instant instant) {}

    record Daily(ZoneId zone, LocalTime time, Instant after) {}

    @Provide
    Arbitrary<Case> cases() {
        return Drawn.zones()
                .flatMap(zone -> Combinators.combine(Drawn.schedules(zone), Drawn.instants(zone), Arbitraries.longs())
                        .as(Case::new));
    }

    @Provide
    Arbitrary<Opening> openings() {
        return Drawn.zones()
                .flatMap(zone -> Combinators.combine(Drawn.calendars(zone), Drawn.instants(zone))
                        .as(Opening::new));
    }

    @Provide
    Arbitrary<Daily> dailies() {
        return Drawn.zones()
                .flatMap(zone -> Combinators.combine(Arbitraries.integers().between(0, 1439), Drawn.instants(zone))
                        .as((minute, after) -> new Daily(zone, LocalTime.MIN.plusMinutes(minute), after)));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void theNextTimeIsLaterThanTheLastAndNeverInAClosedTime(@ForAll("cases") Case drawn) {
        var random = new SplittableRandom(drawn.seed());
        Instant last = drawn.after();
        for (int i = 0; i < 5; i++) {
            Optional<Instant> next = drawn.schedule().next(last, random);
            if (next.isEmpty()) {
                assertThat(drawn.schedule().toString()).contains("within"); // times and hours that never meet
                return;
            }

            assertThat(next.get()).isAfter(last);
            assertThat(drawn.schedule().open(next.get())).isEqualTo(next);
            last = next.get();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aCalendarOpensAtTheFirstMomentThatIsOpen(@ForAll("openings") Opening drawn) {
        Instant opening = drawn.calendar().nextOpen(drawn.instant()).orElseThrow();

        assertThat(drawn.calendar().isOpen(opening)).isTrue();
        assertThat(opening).isAfterOrEqualTo(drawn.instant());
        for (Instant before = drawn.instant(); before.isBefore(opening); before = before.plusSeconds(5 * 60)) {
            assertThat(drawn.calendar().isOpen(before)).as("%s", before).isFalse();
        }
        if (opening.isAfter(drawn.instant())) {
            assertThat(drawn.calendar().isOpen(opening.minusNanos(1))).isFalse();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aTimeOfDayComesOnceOnEveryDate(@ForAll("dailies") Daily drawn) {
        Schedule schedule =
                Schedule.cron(drawn.time().getMinute() + " " + drawn.time().getHour() + " * * *", drawn.zone());
        List<LocalDate> dates = new ArrayList<>();
        Instant last = drawn.after();
        for (int i = 0; i < 5; i++) {
            last = schedule.next(last, new SplittableRandom(1)).orElseThrow();
            dates.add(dateOf(last, drawn));
        }

        for (int i = 1; i < dates.size(); i++) {
            LocalDate day = dates.get(i - 1).plusDays(1);
            boolean onceForTwoDays = drawn.time().equals(LocalTime.MIDNIGHT)
                    && day.atStartOfDay(drawn.zone()).toLocalDate().isAfter(day);
            assertThat(dates.get(i)).isEqualTo(onceForTwoDays ? day.plusDays(1) : day);
        }
    }

    /** The date whose time it is: the clock shows it, or leaves it out at this moment. */
    private static LocalDate dateOf(Instant run, Daily drawn) {
        LocalDateTime reading = LocalDateTime.ofInstant(run, drawn.zone());
        if (reading.toLocalTime().equals(drawn.time())) {
            return reading.toLocalDate();
        }
        ZoneOffsetTransition change = drawn.zone().getRules().previousTransition(run.plusNanos(1));
        assertThat(change.getInstant())
                .as("%s is the time, or the clock leaves it out", run)
                .isEqualTo(run);
        LocalDateTime leftOut = change.getDateTimeBefore().toLocalDate().atTime(drawn.time());
        leftOut = leftOut.isBefore(change.getDateTimeBefore()) ? leftOut.plusDays(1) : leftOut;
        assertThat(leftOut).isBefore(change.getDateTimeAfter());
        return leftOut.toLocalDate();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anExpressionForEveryHourKeepsItsRhythmThroughAllChangesOfTheClock(@ForAll("dailies") Daily drawn) {
        Schedule schedule = Schedule.cron("*/10 * * * *", drawn.zone());
        ZoneOffsetTransition change = drawn.zone().getRules().nextTransition(drawn.after());
        Instant before = change == null ? drawn.after() : change.getInstant().minus(Duration.ofHours(3));
        Instant last = schedule.next(before, new SplittableRandom(1)).orElseThrow();

        for (int i = 0; i < 50; i++) {
            Instant next = schedule.next(last, new SplittableRandom(1)).orElseThrow();
            assertThat(Duration.between(last, next)).isEqualTo(Duration.ofMinutes(10));
            last = next;
        }
    }
}
