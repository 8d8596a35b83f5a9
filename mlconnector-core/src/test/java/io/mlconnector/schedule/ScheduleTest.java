package io.mlconnector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.schedule.Schedule.Closed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
    private static final WorkCalendar AP = WorkCalendar.in(STOCKHOLM)
            .addHours(LocalTime.of(8, 0), LocalTime.of(17, 0))
            .build();

    private static Instant at(String reading) {
        return LocalDateTime.parse(reading).atZone(STOCKHOLM).toInstant();
    }

    private static List<String> readings(Schedule schedule, String after, int count) {
        var readings = new ArrayList<String>();
        Instant last = at(after);
        for (int i = 0; i < count; i++) {
            last = schedule.next(last, new SplittableRandom(i)).orElseThrow();
            readings.add(last.atZone(STOCKHOLM).toLocalDateTime().toString());
        }
        return readings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 7 * * 1-5 | 2026-03-06T07:00, 2026-03-09T07:00", // Friday, then Monday
                "0 7 * * 0 | 2026-03-08T07:00, 2026-03-15T07:00",
                "0 7 * * mon | 2026-03-09T07:00, 2026-03-16T07:00",
                "0 30 6 L * ? | 2026-03-31T06:30, 2026-04-30T06:30",
                "0 30 6 LW * ? | 2026-03-31T06:30, 2026-04-30T06:30",
                "15 0 12 ? * FRI#1 | 2026-03-06T12:00:15, 2026-04-03T12:00:15",
                "0 0 29 2 * | 2028-02-29T00:00, 2032-02-29T00:00"
            })
    void readsCronExpressionsAsInCrontabAndAsInQuartz(String expression, String times) {
        assertThat(String.join(", ", readings(Schedule.cron(expression, STOCKHOLM), "2026-03-05T07:00", 2)))
                .isEqualTo(times);
    }

    @Test
    void aTimeOfDayComesOnceWhereTheClockLeavesItOutOrShowsItTwice() {
        Schedule daily = Schedule.cron("30 2 * * *", STOCKHOLM);

        assertThat(readings(daily, "2026-03-28T12:00", 2)).containsExactly("2026-03-29T03:00", "2026-03-30T02:30");
        assertThat(daily.next(Instant.parse("2026-10-24T12:00:00Z"), new SplittableRandom(1)))
                .hasValue(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(daily.next(Instant.parse("2026-10-25T00:30:00Z"), new SplittableRandom(1)))
                .hasValue(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "every day", "0 7 * *", "0 25 * * *", "0 0 2 * * 1", "61 * * * *", "a b c d e"})
    void namesAnExpressionThatCannotBeRead(String expression) {
        assertThatThrownBy(() -> Schedule.cron(expression, STOCKHOLM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "'" + expression + "' is no cron expression; five fields as in crontab, or six as in Quartz: ");
    }

    @Test
    void anExpressionThatNoDateMeetsIsNeverDue() {
        assertThat(Schedule.cron("0 0 30 2 *", STOCKHOLM).next(at("2026-03-05T07:00"), new SplittableRandom(1)))
                .isEmpty();
        assertThat(Schedule.cron("0 3 * * *", STOCKHOLM)
                        .within(AP, Closed.SKIP)
                        .next(at("2026-03-05T07:00"), new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void aRunThatIsDueOnAClosedDayMovesOrIsSkipped() {
        Schedule nightly = Schedule.cron("0 6,12 * * *", STOCKHOLM);

        assertThat(readings(nightly.within(AP, Closed.MOVE), "2026-03-06T07:00", 3))
                .containsExactly("2026-03-06T12:00", "2026-03-09T08:00", "2026-03-09T12:00");
        assertThat(readings(nightly.within(AP, Closed.SKIP), "2026-03-06T07:00", 3))
                .containsExactly("2026-03-06T12:00", "2026-03-09T12:00", "2026-03-10T12:00");
    }

    @Test
    void aPauseGoesOnAfterTheWeekendAtOpeningOrInItsRhythm() {
        Schedule hourly = Schedule.every(Duration.ofMinutes(50)).withJitter(Duration.ZERO);

        assertThat(readings(hourly.within(AP, Closed.MOVE), "2026-03-06T16:30", 2))
                .containsExactly("2026-03-09T08:00", "2026-03-09T08:50");
        assertThat(readings(hourly.within(AP, Closed.SKIP), "2026-03-06T16:30", 2))
                .containsExactly("2026-03-09T08:40", "2026-03-09T09:30");
    }

    @Test
    void theJitterPutsOffByAsMuchAsItMayAndNotMore() {
        Schedule schedule = Schedule.every(Duration.ofMinutes(10)).withJitter(Duration.ofMinutes(2));
        Instant now = at("2026-03-06T16:30");

        List<Long> late = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            late.add(Duration.between(
                            now, schedule.next(now, new SplittableRandom(seed)).orElseThrow())
                    .toSeconds());
        }

        assertThat(late).allMatch(seconds -> seconds >= 600 && seconds <= 720);
        assertThat(late).anyMatch(seconds -> seconds < 620).anyMatch(seconds -> seconds > 700);
    }

    @Test
    void refusesPausesAndJitterOutOfRange() {
        assertThatThrownBy(() -> Schedule.every(Duration.ofMillis(999)))
                .hasMessage("the pause of a schedule is from one second to ten years: PT0.999S");
        assertThatThrownBy(() -> Schedule.every(Duration.ofMinutes(1)).withJitter(Duration.ofSeconds(-1)))
                .hasMessage("the jitter of a schedule must not be negative: PT-1S");
    }

    @Test
    void saysWhichDependencyIsMissingForCronExpressions() throws ReflectiveOperationException {
        Class<?> schedule = new WithoutCronUtils().loadClass(Schedule.class.getName());

        assertThat(schedule.getMethod("every", Duration.class).invoke(null, Duration.ofMinutes(1)))
                .hasToString("every PT1M, up to PT6S later");
        assertThatThrownBy(() ->
                        schedule.getMethod("cron", String.class, ZoneId.class).invoke(null, "0 7 * * *", STOCKHOLM))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cron expression needs com.cronutils:cron-utils on the class path: '0 7 * * *'");
    }

    /** A class path on which the optional dependency is not. */
    private static final class WithoutCronUtils extends ClassLoader {

        WithoutCronUtils() {
            super(ScheduleTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.cronutils.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.mlconnector.schedule.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
