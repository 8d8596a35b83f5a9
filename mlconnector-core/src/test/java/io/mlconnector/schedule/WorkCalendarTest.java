package io.mlconnector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {

    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
    private static final WorkCalendar AP = WorkCalendar.in(STOCKHOLM)
            .addHours(LocalTime.of(8, 0), LocalTime.of(12, 0))
            .addHours(LocalTime.of(13, 0), LocalTime.of(17, 0))
            .addHoliday(LocalDate.of(2026, 6, 19))
            .addHoliday(MonthDay.of(12, 25))
            .build();

    private static Instant at(String reading) {
        return LocalDateTime.parse(reading).atZone(STOCKHOLM).toInstant();
    }

    @Test
    void isOpenFromTheFirstMomentOfItsHoursToTheLastBeforeTheirEnd() {
        assertThat(AP.isOpen(at("2026-03-02T07:59:59"))).isFalse();
        assertThat(AP.isOpen(at("2026-03-02T08:00"))).isTrue();
        assertThat(AP.isOpen(at("2026-03-02T11:59:59"))).isTrue();
        assertThat(AP.isOpen(at("2026-03-02T12:00"))).isFalse();
        assertThat(AP.isOpen(at("2026-03-02T17:00"))).isFalse();
    }

    @Test
    void opensAgainAfterTheBreakTheWeekendAndHolidays() {
        assertThat(AP.nextOpen(at("2026-03-02T12:30"))).hasValue(at("2026-03-02T13:00"));
        assertThat(AP.nextOpen(at("2026-03-06T17:00"))).hasValue(at("2026-03-09T08:00"));
        assertThat(AP.nextOpen(at("2026-06-18T20:00"))).hasValue(at("2026-06-22T08:00"));
        assertThat(AP.nextOpen(at("2028-12-25T10:00"))).hasValue(at("2028-12-26T08:00"));
        assertThat(AP.nextOpen(at("2026-03-02T09:12"))).hasValue(at("2026-03-02T09:12"));
    }

    @Test
    void opensWhenTheClockJumpsOverTheBeginningOfItsHours() {
        WorkCalendar night = WorkCalendar.in(STOCKHOLM)
                .days(Set.of(DayOfWeek.SUNDAY))
                .addHours(LocalTime.of(2, 30), LocalTime.of(5, 0))
                .build();

        assertThat(night.nextOpen(at("2026-03-29T01:00"))).hasValue(at("2026-03-29T03:00"));
    }

    @Test
    void opensTomorrowNightAndNotOnlyWhenTheClockChangesInAutumn() {
        WorkCalendar nights = WorkCalendar.in(STOCKHOLM)
                .days(Set.of(DayOfWeek.values()))
                .addHours(LocalTime.of(1, 0), LocalTime.of(4, 0))
                .build();

        assertThat(nights.nextOpen(at("2026-06-08T04:00"))).hasValue(at("2026-06-09T01:00"));
    }

    @Test
    void isOpenTwiceWhereTheClockShowsItsHoursTwice() {
        WorkCalendar night = WorkCalendar.in(STOCKHOLM)
                .days(Set.of(DayOfWeek.SUNDAY))
                .addHours(LocalTime.of(2, 30), LocalTime.of(2, 45))
                .build();
        Instant first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(night.nextOpen(at("2026-10-25T01:00"))).hasValue(first);
        assertThat(night.nextOpen(first.plusSeconds(15 * 60))).hasValue(first.plusSeconds(60 * 60));
    }

    @Test
    void aCalendarThatNeverOpensSaysSo() {
        WorkCalendar.Builder never = WorkCalendar.in(STOCKHOLM);
        LocalDate.of(2024, 1, 1)
                .datesUntil(LocalDate.of(2025, 1, 1))
                .forEach(day -> never.addHoliday(MonthDay.from(day)));

        assertThat(never.build().nextOpen(at("2026-03-02T12:30"))).isEmpty();
        assertThatThrownBy(() -> never.addHours(LocalTime.NOON, LocalTime.of(8, 0)))
                .hasMessage("hours must end after they begin: 12:00-08:00");
        assertThatThrownBy(() -> never.days(Set.of())).hasMessage("a calendar needs at least one working day");
    }
}
