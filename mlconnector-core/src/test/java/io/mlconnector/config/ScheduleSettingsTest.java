package io.mlconnector.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlconnector.schedule.Schedule;
import io.mlconnector.schedule.WorkCalendar;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleSettingsTest {

    private static final Instant NOW = Instant.parse("2026-03-06T16:30:00Z"); // a Friday, 17:30 in Stockholm
    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
    private static final Set<String> FLOWS = new LinkedHashSet<>(List.of("customers", "invoices", "payments"));

    private static Map<String, Schedule> read(String json) {
        return read(json, Map.of());
    }

    private static Map<String, Schedule> read(String json, Map<String, Schedule> shortForms) {
        Map<String, Object> file = ConfigFile.read(json);
        Settings calendars = section(file, "calendars");
        Map<String, WorkCalendar> read = CalendarSettings.read(calendars);
        return new ScheduleSettings(calendars.names(), read, NOW).read(section(file, "schedules"), FLOWS, shortForms);
    }

    private static Settings section(Map<String, Object> file, String name) {
        @SuppressWarnings("unchecked")
        Map<String, Object> values = (Map<String, Object>) file.getOrDefault(name, Map.of());
        return Settings.of(name, values);
    }

    private static List<String> faults(String json) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(json))
                .faults();
    }

    private static String next(Map<String, Schedule> schedules, String flow) {
        return requireNonNull(schedules.get(flow))
                .next(NOW, new SplittableRandom(1))
                .orElseThrow()
                .atZone(STOCKHOLM)
                .toLocalDateTime()
                .toString();
    }

    @Test
    void aStarCountsForFlowsThatHaveNoScheduleOfTheirOwn() {
        Map<String, Schedule> schedules = read("""
                {"schedules": {
                  "*": {"every": "PT10M", "jitter": 0},
                  "invoices": {"cron": "0 7 * * 1-5", "zone": "Europe/Stockholm"}
                }}""", Map.of("payments", Schedule.every(Duration.ofMinutes(3))));

        assertThat(schedules).containsOnlyKeys("payments", "invoices", "customers");
        assertThat(schedules.get("customers")).hasToString("every PT10M");
        assertThat(schedules.get("payments")).hasToString("every PT3M, up to PT18S later");
        assertThat(next(schedules, "invoices")).isEqualTo("2026-03-09T07:00");
    }

    @Test
    void jitterIsAPartOfThePauseOrADuration() {
        Map<String, Schedule> schedules = read("""
                {"schedules": {
                  "customers": {"every": "PT10M", "jitter": 0.5},
                  "invoices": {"every": "PT10M", "jitter": "PT2M"},
                  "payments": {"cron": "0 7 * * 1-5", "zone": "UTC", "jitter": "PT90S"}
                }}""");

        assertThat(schedules.values())
                .map(Schedule::toString)
                .containsExactly(
                        "every PT10M, up to PT5M later",
                        "every PT10M, up to PT2M later",
                        "cron 0 7 * * 1-5 UTC, up to PT1M30S later");
    }

    @Test
    void aCalendarClosesForHolidaysAndOutsideItsHours() {
        Map<String, Schedule> schedules = read("""
                {"calendars": {"ap": {
                   "zone": "Europe/Stockholm", "days": ["mon", "tuesday", "fri"], "hours": ["08:00-12:00", "13:00-24:00"],
                   "holidays": ["2026-03-09", "12-25"]}},
                 "schedules": {
                  "customers": {"cron": "0 6 * * *", "zone": "Europe/Stockholm", "calendar": "ap"},
                  "invoices": {"cron": "0 6,9 * * *", "zone": "Europe/Stockholm", "calendar": "ap", "closed": "skip"},
                  "payments": {"every": "PT10M", "jitter": 0, "calendar": "ap", "missed": "skip"}
                }}""");

        assertThat(next(schedules, "customers")).isEqualTo("2026-03-10T08:00");
        assertThat(next(schedules, "invoices")).isEqualTo("2026-03-10T09:00");
        assertThat(next(schedules, "payments")).isEqualTo("2026-03-06T17:40");
    }

    @Test
    void theExampleOfTheDocumentationCanBeRead() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        String example = page.substring(page.indexOf("```json") + "```json".length());
        Map<String, Object> file = ConfigFile.read("{" + example.substring(0, example.indexOf("```")) + "}");
        Settings calendars = section(file, "calendars");

        Map<String, Schedule> schedules = new ScheduleSettings(calendars.names(), CalendarSettings.read(calendars), NOW)
                .read(section(file, "schedules"), Set.of("customers", "bills", "invoices"), Map.of());
        Settings scheduler = section(file, "scheduler");

        assertThat(next(schedules, "bills")).startsWith("2026-03-09T08:00");
        assertThat(next(schedules, "invoices")).isEqualTo("2026-03-09T13:00");
        assertThat(SchedulerSettings.read(scheduler)).isEqualTo(new SchedulerSettings(4, Duration.ofMinutes(1)));
        scheduler.check();
    }

    @Test
    void namesEveryFaultWithItsPlaceAndTheRule() {
        assertThat(faults("""
                {"calendars": {"ap": {"zone": "UTC"}},
                 "schedules": {
                  "custmers": {"every": "PT10M"},
                  "customers": {"every": "PT0.5S", "jiter": 0.1, "calendar": "app", "closed": "later"},
                  "invoices": {"cron": "0 25 * * *", "every": "PT1M", "jitter": 0.2},
                  "payments": {"cron": "0 25 * * *", "zone": "Stockholm"},
                  "*": {}
                }}"""))
                .contains(
                        "schedules.custmers is not a setting; did you mean customers?",
                        "schedules.customers.every must be from PT1S to ten years: PT0.5S",
                        "schedules.customers.jiter is not a setting; did you mean jitter?",
                        "schedules.customers.calendar names an unknown calendar 'app'; known: ap",
                        "schedules.customers.closed must be one of move, skip: later",
                        "schedules.invoices.every and cron cannot both be given",
                        "schedules.invoices.zone is missing",
                        "schedules.invoices.jitter must be a duration such as PT2M: 0.2",
                        "schedules.payments.zone must be a time zone such as Europe/Stockholm: 'Stockholm'",
                        "schedules.*.every is missing, or else cron")
                .hasSize(10);
        assertThat(faults("{\"schedules\": {\"*\": {\"cron\": \"0 25 * * *\", \"zone\": \"UTC\"}}}"))
                .singleElement()
                .asString()
                .startsWith("schedules.*.cron cannot be read: '0 25 * * *' is no cron expression");
        assertThat(faults("""
                {"schedules": {
                  "customers": {"cron": "0 0 30 2 *", "zone": "UTC"},
                  "invoices": {"every": "PT10M", "jitter": 1.5, "zone": "UTC"}}}"""))
                .containsExactly(
                        "schedules.customers.cron is never due: cron 0 0 30 2 * UTC",
                        "schedules.invoices.zone goes with cron; a calendar has its own",
                        "schedules.invoices.jitter must be a part from 0 to 1, or a duration such as PT2M: 1.5");
    }

    @Test
    void namesEveryFaultOfACalendar() {
        assertThat(faults("""
                {"calendars": {
                  "ap": {"days": ["mo", "mon"], "hours": ["8-17", "17:00-08:00", "25:00-26:00"], "holidays": ["2026-02-30", "13-01"]},
                  "ar": {"zone": "Mars", "holydays": []}
                }}"""))
                .containsExactlyInAnyOrder(
                        "calendars.ap.zone is missing",
                        "calendars.ap.days must be names such as mon and tue: 'mo'",
                        "calendars.ap.hours must be written 08:00-17:00, the earlier first, 24:00 at most: '8-17'",
                        "calendars.ap.hours must be written 08:00-17:00, the earlier first, 24:00 at most: '17:00-08:00'",
                        "calendars.ap.hours must be written 08:00-17:00, the earlier first, 24:00 at most: '25:00-26:00'",
                        "calendars.ap.holidays must be dates such as 2026-06-19, or 12-25 for every year: '2026-02-30'",
                        "calendars.ap.holidays must be dates such as 2026-06-19, or 12-25 for every year: '13-01'",
                        "calendars.ar.zone must be a time zone such as Europe/Stockholm: 'Mars'",
                        "calendars.ar.holydays is not a setting; did you mean holidays?");
    }

    @Test
    void aFlowThatHasTwoSchedulesIsAFault() {
        String json = "{\"schedules\": {\"invoices\": {\"every\": \"PT10M\"}}}";

        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> read(json, Map.of("invoices", Schedule.every(Duration.ofMinutes(3)))))
                        .faults())
                .containsExactly("schedules.invoices says when the flow runs, and so does flows.invoices.every");
    }
}
