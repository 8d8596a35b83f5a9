package io.mlconnector.config;

import io.mlconnector.schedule.Schedule;
import io.mlconnector.schedule.Schedule.Closed;
import io.mlconnector.schedule.Schedule.Missed;
import io.mlconnector.schedule.WorkCalendar;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Reads when flows run: {@code "*": {"every": "PT10M", "jitter": 0.2}} or
 * {@code "invoices": {"cron": "0 7 * * 1-5", "zone": "Europe/Stockholm", "calendar": "ap", "closed": "skip", "missed": "run"}}.
 *
 * @param named the names of the calendars, also of the faulty ones
 * @param calendars those that could be read
 */
record ScheduleSettings(Set<String> named, Map<String, WorkCalendar> calendars, Instant now) {

    static final String ANY = "*";
    private static final String EVERY = "every";
    private static final String CRON = "cron";
    private static final String JITTER = "jitter";
    private static final String CALENDAR = "calendar";

    /** Returns the schedules by flow; one for {@code *} counts for those that have none of their own. */
    Map<String, Schedule> read(Settings settings, Set<String> flows, Map<String, Schedule> shortForms) {
        var schedules = new LinkedHashMap<>(shortForms);
        for (String flow : flows) {
            if (settings.has(flow)) {
                if (shortForms.containsKey(flow)) {
                    settings.fault(flow, "says when the flow runs, and so does flows." + flow + ".every");
                }
                schedule(settings.section(flow)).ifPresent(schedule -> schedules.put(flow, schedule));
            }
        }
        if (settings.has(ANY)) {
            schedule(settings.section(ANY))
                    .ifPresent(schedule -> flows.forEach(flow -> schedules.putIfAbsent(flow, schedule)));
        }
        settings.check();
        return schedules;
    }

    private Optional<Schedule> schedule(Settings settings) {
        Optional<Schedule> times = settings.has(CRON) ? cron(settings) : every(settings);
        Closed closed = settings.choice("closed", Closed.MOVE);
        Missed missed = settings.choice("missed", Missed.RUN);
        Optional<WorkCalendar> calendar = calendar(settings);
        Optional<Schedule> schedule = times.map(found -> found.missed(missed))
                .map(found -> calendar.map(open -> found.within(open, closed)).orElse(found));
        if (schedule.isPresent()
                && schedule.get().next(now, new SplittableRandom(0)).isEmpty()) {
            settings.fault(settings.has(CRON) ? CRON : CALENDAR, "is never due: " + schedule.get());
        }
        return schedule;
    }

    private static Optional<Schedule> every(Settings settings) {
        if (!settings.has(EVERY)) {
            settings.fault(EVERY, "is missing, or else cron");
        }
        if (settings.optionalText("zone").isPresent()) {
            settings.fault("zone", "goes with cron; a calendar has its own");
        }
        Optional<String> jitter = settings.optionalText(JITTER);
        Duration pause = settings.duration(EVERY, Duration.ofMinutes(10));
        if (pause.compareTo(Duration.ofSeconds(1)) < 0) {
            settings.fault(EVERY, "must be from PT1S to ten years: " + pause);
            return Optional.empty();
        }
        Schedule schedule = Schedule.every(pause);
        return Optional.of(jitter.flatMap(text -> jitter(settings, text, pause))
                .map(schedule::withJitter)
                .orElse(schedule));
    }

    private static Optional<Schedule> cron(Settings settings) {
        if (settings.has(EVERY)) {
            settings.fault(EVERY, "and cron cannot both be given");
        }
        Optional<ZoneId> zone = CalendarSettings.zone(settings, settings.text("zone"));
        Optional<Duration> jitter =
                settings.optionalText(JITTER).flatMap(text -> jitter(settings, text, Duration.ZERO));
        String expression = settings.text(CRON);
        if (zone.isEmpty() || expression.isEmpty()) {
            return Optional.empty();
        }
        try {
            Schedule schedule = Schedule.cron(expression, zone.get());
            return Optional.of(jitter.map(schedule::withJitter).orElse(schedule));
        } catch (IllegalArgumentException e) {
            settings.fault(CRON, "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A part of the pause, or a duration; cron expressions have no pause of which there could be a part. */
    private static Optional<Duration> jitter(Settings settings, String text, Duration pause) {
        try {
            Duration jitter = text.startsWith("P") ? Duration.parse(text) : part(text, pause);
            if (!jitter.isNegative() && jitter.compareTo(Duration.ofDays(366)) <= 0) {
                return Optional.of(jitter);
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            // the fault below names the value and the rule
        }
        settings.fault(
                JITTER,
                (pause.isZero()
                                ? "must be a duration such as PT2M: "
                                : "must be a part from 0 to 1, or a duration such as PT2M: ")
                        + text);
        return Optional.empty();
    }

    private static Duration part(String text, Duration pause) {
        BigDecimal part = new BigDecimal(text);
        if (pause.isZero() || part.signum() < 0 || part.compareTo(BigDecimal.ONE) > 0) {
            throw new NumberFormatException(text);
        }
        return Duration.ofMillis(part.multiply(BigDecimal.valueOf(pause.toMillis()))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact());
    }

    private Optional<WorkCalendar> calendar(Settings settings) {
        Optional<String> name = settings.optionalText(CALENDAR);
        if (name.isPresent() && !named.contains(name.get())) {
            settings.fault(
                    CALENDAR,
                    "names an unknown calendar '" + name.get() + "'; known: "
                            + (named.isEmpty() ? "none" : String.join(", ", named)));
        }
        return name.map(calendars::get);
    }
}
