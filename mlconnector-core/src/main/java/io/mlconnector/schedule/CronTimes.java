package io.mlconnector.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The times of a cron expression in a zone.
 *
 * <p>The expression is asked for readings of a wall clock, and this class finds the instants that have them. A time of day that the
 * clock leaves out in spring comes at the moment of the change; one that it shows twice in autumn comes once. An expression
 * whose hour is {@code *} goes on through both changes in its rhythm instead. That is what cron(8) does.
 */
final class CronTimes implements Times {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int FIELDS_OF_UNIX = 5;

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime readings;
    private final boolean everyHour;

    private CronTimes(String expression, ZoneId zone, ExecutionTime readings, boolean everyHour) {
        this.expression = expression;
        this.zone = zone;
        this.readings = readings;
        this.everyHour = everyHour;
    }

    /** Reads five fields as in crontab, six or seven as in Quartz, where the first is the second. */
    static CronTimes parse(String expression, ZoneId zone) {
        List<String> fields = BLANKS.splitAsStream(expression.strip()).toList();
        boolean unix = fields.size() == FIELDS_OF_UNIX;
        try {
            var parser =
                    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(unix ? CronType.UNIX : CronType.QUARTZ));
            ExecutionTime readings =
                    ExecutionTime.forCron(parser.parse(expression.strip()).validate());
            return new CronTimes(
                    expression.strip(), zone, readings, fields.get(unix ? 1 : 2).startsWith("*"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no cron expression; five fields as in crontab, or six as in Quartz: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        Instant second = after.truncatedTo(ChronoUnit.SECONDS);
        return everyHour ? steady(second) : onceADay(second);
    }

    /** By the wall clock, whose readings are each taken once. */
    private Optional<Instant> onceADay(Instant after) {
        LocalDateTime reading = LocalDateTime.ofInstant(after, zone);
        while (true) {
            Optional<LocalDateTime> next = reading(reading);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            reading = next.get();
            Instant first = firstOf(reading);
            if (first.isAfter(after)) {
                return Optional.of(first);
            }
        }
    }

    private Instant firstOf(LocalDateTime reading) {
        ZoneOffsetTransition change = zone.getRules().getTransition(reading);
        return change != null && change.isGap()
                ? change.getInstant()
                : reading.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** From one change of the clock to the next, within which readings and instants go together. */
    private Optional<Instant> steady(Instant after) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            // the second before the change already belongs to the time after it, so that the change itself may be a
            // time
            Optional<Instant> next =
                    reading(LocalDateTime.ofInstant(from, offset)).map(found -> found.toInstant(offset));
            if (next.isEmpty() || change == null || next.get().isBefore(change.getInstant())) {
                return next;
            }
            Optional<Instant> atChange = reading(change.getDateTimeAfter().minusSeconds(1))
                    .map(found -> found.toInstant(change.getOffsetAfter()))
                    .filter(found -> found.equals(change.getInstant()));
            if (atChange.isPresent()) {
                return atChange;
            }
            from = change.getInstant();
        }
    }

    /** The next reading in a time without changes, because the parser's own way through them has gaps. */
    private Optional<LocalDateTime> reading(LocalDateTime after) {
        return readings.nextExecution(after.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }

    @Override
    public Optional<Instant> resume(Instant time, Instant notBefore) {
        return next(notBefore.minusNanos(1));
    }

    @Override
    public boolean beginsAtOnce() {
        return false;
    }

    @Override
    public Instant base(Instant began, Instant ended) {
        return began;
    }

    @Override
    public String toString() {
        return "cron " + expression + " " + zone;
    }
}
