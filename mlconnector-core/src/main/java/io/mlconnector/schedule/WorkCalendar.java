package io.mlconnector.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When people work: days of the week, holidays, and hours by the wall clock of a zone. A schedule with a calendar runs in its open
 * times alone. Immutable.
 *
 * <pre>{@code
 * WorkCalendar ap = WorkCalendar.in(ZoneId.of("Europe/Stockholm"))
 *         .addHours(LocalTime.of(8, 0), LocalTime.of(17, 0))
 *         .addHoliday(MonthDay.of(12, 25))
 *         .build();
 * }</pre>
 */
public final class WorkCalendar {

    private static final int DAYS_TO_SEARCH = 3 * 366;

    private final ZoneId zone;
    private final Set<DayOfWeek> days;
    private final List<Hours> hours;
    private final Set<LocalDate> holidays;
    private final Set<MonthDay> yearly;

    private WorkCalendar(Builder builder) {
        this.zone = builder.zone;
        this.days = EnumSet.copyOf(builder.days);
        this.hours = List.copyOf(builder.hours);
        this.holidays = Set.copyOf(builder.holidays);
        this.yearly = Set.copyOf(builder.yearly);
    }

    /**
     * Starts a calendar of Monday to Friday, all day, without holidays.
     *
     * @param zone whose wall clock and dates count
     * @return a builder
     */
    public static Builder in(ZoneId zone) {
        return new Builder(requireNonNull(zone, "zone"));
    }

    /**
     * Returns whether an instant is in an open time.
     *
     * @param instant the instant
     * @return true if it is a working day and within the hours, by the wall clock of the zone
     */
    public boolean isOpen(Instant instant) {
        LocalDateTime reading = LocalDateTime.ofInstant(instant, zone);
        return isWorkingDay(reading.toLocalDate())
                && (hours.isEmpty() || hours.stream().anyMatch(open -> open.contains(reading.toLocalTime())));
    }

    /**
     * Returns the first open moment that is not before an instant.
     *
     * @param instant the instant
     * @return the instant itself if it is open; empty if nothing opens within three years
     */
    public Optional<Instant> nextOpen(Instant instant) {
        if (isOpen(instant)) {
            return Optional.of(instant);
        }
        LocalDate first = LocalDate.ofInstant(instant, zone);
        return Stream.iterate(first, day -> day.plusDays(1))
                .limit(DAYS_TO_SEARCH)
                .filter(this::isWorkingDay)
                .flatMap(
                        day -> openings(day)
                                .filter(opening -> !opening.isBefore(instant) && isOpen(opening))
                                .min(Instant::compareTo)
                                .stream())
                .findFirst();
    }

    private boolean isWorkingDay(LocalDate date) {
        return days.contains(date.getDayOfWeek()) && !holidays.contains(date) && !yearly.contains(MonthDay.from(date));
    }

    /** When a time may begin to be open: where hours begin, twice if the clock shows that twice, and where the clock changes. */
    private Stream<Instant> openings(LocalDate day) {
        ZoneRules rules = zone.getRules();
        LocalDateTime midnight = day.atStartOfDay();
        Stream<LocalDateTime> readings =
                hours.isEmpty() ? Stream.of(midnight) : hours.stream().map(open -> day.atTime(open.from()));
        Stream<Instant> begins = readings.flatMap(
                reading -> rules.getValidOffsets(reading).stream().map(reading::toInstant));
        ZoneOffsetTransition change =
                rules.nextTransition(midnight.atZone(zone).toInstant().minusSeconds(1));
        Stream<Instant> changes = Stream.ofNullable(change)
                .map(ZoneOffsetTransition::getInstant)
                .filter(moment -> LocalDate.ofInstant(moment, zone).equals(day));
        return Stream.concat(begins, changes);
    }

    @Override
    public String toString() {
        return "calendar in " + zone + " of " + days + (hours.isEmpty() ? "" : " " + hours);
    }

    private record Hours(LocalTime from, LocalTime to) {

        boolean contains(LocalTime time) {
            return !time.isBefore(from) && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
        }

        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    /** Builds a calendar. For one thread. */
    public static final class Builder {

        private final ZoneId zone;
        private Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        private final List<Hours> hours = new ArrayList<>();
        private final Set<LocalDate> holidays = new HashSet<>();
        private final Set<MonthDay> yearly = new HashSet<>();

        private Builder(ZoneId zone) {
            this.zone = zone;
        }

        /**
         * Sets the working days. Default: Monday to Friday.
         *
         * @param workingDays at least one
         * @return this builder
         */
        public Builder days(Set<DayOfWeek> workingDays) {
            if (workingDays.isEmpty()) {
                throw new IllegalArgumentException("a calendar needs at least one working day");
            }
            days = EnumSet.copyOf(workingDays);
            return this;
        }

        /**
         * Adds hours to every working day. Default: all day. Hours that touch or overlap are fine.
         *
         * @param from the first moment that is open
         * @param to the first moment that is not, later than {@code from}; midnight stands for the end of the day
         * @return this builder
         */
        public Builder addHours(LocalTime from, LocalTime to) {
            if (!to.equals(LocalTime.MIDNIGHT) && !to.isAfter(from)) {
                throw new IllegalArgumentException("hours must end after they begin: " + from + "-" + to);
            }
            hours.add(new Hours(from, to));
            return this;
        }

        /**
         * Adds a holiday.
         *
         * @param date on which nothing is open
         * @return this builder
         */
        public Builder addHoliday(LocalDate date) {
            holidays.add(requireNonNull(date, "date"));
            return this;
        }

        /**
         * Adds a holiday of every year.
         *
         * @param date on which nothing is open
         * @return this builder
         */
        public Builder addHoliday(MonthDay date) {
            yearly.add(requireNonNull(date, "date"));
            return this;
        }

        /**
         * Returns the calendar.
         *
         * @return the calendar
         */
        public WorkCalendar build() {
            return new WorkCalendar(this);
        }
    }
}
