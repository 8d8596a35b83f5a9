package io.mlconnector.config;

import io.mlconnector.schedule.WorkCalendar;
import io.mlconnector.spi.Settings;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the calendars that schedules may name:
 * {@code "ap": {"zone": "Europe/Stockholm", "days": ["mon", "tue"], "hours": ["08:00-17:00"], "holidays": ["2026-06-19", "12-25"]}}.
 */
final class CalendarSettings {

    private static final Pattern HOURS = Pattern.compile("([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})");
    private static final Pattern YEARLY = Pattern.compile("[0-9]{2}-[0-9]{2}");

    private CalendarSettings() {}

    static Map<String, WorkCalendar> read(Settings settings) {
        var calendars = new LinkedHashMap<String, WorkCalendar>();
        settings.sections().forEach((name, calendar) -> calendars.put(name, calendar(calendar)));
        settings.check();
        return calendars;
    }

    private static WorkCalendar calendar(Settings settings) {
        String zone = settings.text("zone");
        WorkCalendar.Builder calendar = WorkCalendar.in(zone(settings, zone).orElse(ZoneOffset.UTC));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        settings.texts("days")
                .forEach(day -> day(day).ifPresentOrElse(
                                days::add,
                                () -> settings.fault("days", "must be names such as mon and tue: '" + day + "'")));
        if (!days.isEmpty()) {
            calendar.days(days);
        }
        settings.texts("hours").forEach(hours -> addHours(calendar, settings, hours));
        settings.texts("holidays").forEach(date -> addHoliday(calendar, settings, date));
        return calendar.build();
    }

    /** Notes a fault if the text is no zone; an empty one is noted as missing already. */
    static Optional<ZoneId> zone(Settings settings, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            settings.fault("zone", "must be a time zone such as Europe/Stockholm: '" + text + "'");
            return Optional.empty();
        }
    }

    /** By its first three letters or more. */
    private static Optional<DayOfWeek> day(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.length() < 3
                ? Optional.empty()
                : EnumSet.allOf(DayOfWeek.class).stream()
                        .filter(day -> day.name().startsWith(upper))
                        .findFirst();
    }

    private static void addHours(WorkCalendar.Builder calendar, Settings settings, String text) {
        Matcher hours = HOURS.matcher(text);
        try {
            if (hours.matches()) {
                String to = hours.group(2);
                calendar.addHours(
                        LocalTime.parse(hours.group(1)), to.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(to));
                return;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // the fault below names the value and the rule
        }
        settings.fault("hours", "must be written 08:00-17:00, the earlier first, 24:00 at most: '" + text + "'");
    }

    private static void addHoliday(WorkCalendar.Builder calendar, Settings settings, String text) {
        try {
            if (YEARLY.matcher(text).matches()) {
                calendar.addHoliday(MonthDay.parse("--" + text));
            } else {
                calendar.addHoliday(LocalDate.parse(text));
            }
        } catch (DateTimeException e) {
            settings.fault("holidays", "must be dates such as 2026-06-19, or 12-25 for every year: '" + text + "'");
        }
    }
}
