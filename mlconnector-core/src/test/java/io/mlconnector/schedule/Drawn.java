package io.mlconnector.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Zones with their changes of the clock, instants near those, and calendars, drawn for properties. */
final class Drawn {

    /** An hour forward and back, half an hour, at midnight, a whole day left out, and no change at all. */
    private static final Set<String> ZONES = Set.of(
            "Europe/Stockholm",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Cairo",
            "Pacific/Apia",
            "Asia/Kolkata",
            "UTC");

    private Drawn() {}

    static Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    /** Within a day of a change of the clock, or anywhere in the years where the zones had theirs. */
    static Arbitrary<Instant> instants(ZoneId zone) {
        Arbitrary<Instant> anywhere = Arbitraries.longs()
                .between(
                        Instant.parse("2011-06-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2031-01-01T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
        Arbitrary<Instant> near = Combinators.combine(
                        anywhere, Arbitraries.longs().between(-86_400, 86_400))
                .as((somewhere, off) -> {
                    var change = zone.getRules().nextTransition(somewhere);
                    return (change == null ? somewhere : change.getInstant()).plusSeconds(off);
                });
        return Arbitraries.oneOf(near, near, anywhere);
    }

    static Arbitrary<WorkCalendar> calendars(ZoneId zone) {
        Arbitrary<LocalTime> times = Arbitraries.integers()
                .between(0, 95)
                .map(quarter -> LocalTime.of(0, 0).plusMinutes(15L * quarter));
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<Set<LocalDate>> holidays = Arbitraries.integers()
                .between(0, 7_000)
                .map(day -> LocalDate.of(2011, 6, 1).plusDays(day))
                .set()
                .ofMaxSize(5);
        return Combinators.combine(
                        days,
                        holidays,
                        times,
                        times,
                        times,
                        Arbitraries.integers().between(0, 2))
                .as((open, closed, a, b, c, windows) -> {
                    WorkCalendar.Builder calendar = WorkCalendar.in(zone).days(open);
                    closed.forEach(calendar::addHoliday);
                    if (windows > 0) {
                        calendar.addHours(a.isBefore(b) ? a : b, a.isBefore(b) ? b : LocalTime.MIDNIGHT);
                    }
                    if (windows > 1) {
                        calendar.addHours(c, LocalTime.MIDNIGHT);
                    }
                    return calendar.build();
                });
    }

    static Arbitrary<Schedule> schedules(ZoneId zone) {
        Arbitrary<Schedule> pauses =
                Arbitraries.longs().between(1, 3 * 86_400).map(seconds -> Schedule.every(Duration.ofSeconds(seconds)));
        Arbitrary<Schedule> crons = expressions().map(expression -> Schedule.cron(expression, zone));
        return Combinators.combine(
                        Arbitraries.oneOf(pauses, crons),
                        Arbitraries.longs().between(0, 7_200),
                        calendars(zone).injectNull(0.2),
                        Arbitraries.of(Schedule.Closed.class))
                .as((times, jitter, calendar, closed) -> {
                    Schedule schedule = times.withJitter(Duration.ofSeconds(jitter));
                    return calendar == null ? schedule : schedule.within(calendar, closed);
                });
    }

    /** Of every kind: several times an hour, a day, a week, a month, and with seconds. */
    static Arbitrary<String> expressions() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 59);
        Arbitrary<Integer> hours = Arbitraries.integers().between(0, 23);
        return Arbitraries.oneOf(
                Arbitraries.of("*/10 * * * *", "*/7 * * * *", "0 * * * *", "30 */2 * * *", "* * * * *"),
                Combinators.combine(minutes, hours).as("%d %d * * *"::formatted),
                Combinators.combine(minutes, hours).as("%d %d * * 1-5"::formatted),
                Combinators.combine(minutes, hours).as("%d %d 1,15 * *"::formatted),
                Combinators.combine(minutes, hours).as("0 %d %d LW * ?"::formatted),
                Combinators.combine(minutes, hours).as("30 %d %d ? * MON#2"::formatted));
    }
}
