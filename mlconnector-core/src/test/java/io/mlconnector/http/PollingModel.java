package io.mlconnector.http;

import io.mlconnector.http.RemoteTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A poller beside writers. Before any answer of the server rows are written, time passes and the poller may die. A poller reads one page
 * ahead of what is delivered, saves its position after each delivery, and is another object in each poll.
 */
final class PollingModel implements WatchedTable.Course {

    /** The longest time from a stamp to the sight of its change, on the clock that made the stamp. */
    private static final Duration LATEST = Duration.ofSeconds(8);

    /** By how much the clocks of the server's nodes differ. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private static final Duration OVERLAP = LATEST.plus(SKEW.multipliedBy(2)).plusSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(365_000);
    private static final int MOST_OUTLIERS = 3;
    private static final int ENDLESS = 10_000;

    /** When a poller dies. */
    enum Crash {
        NEVER,
        BEFORE_THE_ANSWER,
        AFTER_THE_ANSWER,
        BEFORE_THE_SAVE
    }

    /** How much time passes. */
    enum Pause {
        NONE,
        SHORT,
        AN_OVERLAP
    }

    /** What happens before an answer. */
    record Step(int writes, Pause pause, Crash crash) {

        static final Step QUIET = new Step(0, Pause.NONE, Crash.NEVER);
    }

    /**
     * How the server tells the time.
     *
     * @param error its clock less ours
     * @param shift its stamps less its clock
     * @param change what summer time adds to the shift
     * @param changeAfter when it does
     */
    record Zone(Duration error, Duration shift, Duration change, Duration changeAfter) {

        static final Zone NONE = new Zone(Duration.ZERO, Duration.ZERO, Duration.ZERO, FOREVER);
    }

    /**
     * What a run is like.
     *
     * @param troubles what may happen
     * @param rows about how many rows there are
     * @param pageSize how many are asked for
     * @param loadByKey whether the first cycle goes by key
     * @param from whether rows are of interest only from some stamp on
     * @param dated whether answers tell the server's time
     * @param zone how the server tells the time
     * @param dice what is drawn besides
     */
    record Setup(
            Set<Trouble> troubles,
            int rows,
            int pageSize,
            boolean loadByKey,
            boolean from,
            boolean dated,
            Zone zone,
            long dice) {

        /** The same, but by stamp from the beginning and without summer time. */
        Setup steady() {
            Zone steady = new Zone(zone.error(), zone.shift(), Duration.ZERO, FOREVER);
            return new Setup(troubles, rows, pageSize, false, from, dated, steady, dice);
        }

        boolean has(Trouble trouble) {
            return troubles.contains(trouble);
        }
    }

    private static final class Died extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private final Setup setup;
    private final PollingPlant plant;
    private final Random random;
    private final Duration overlap;
    private final VirtualTime time = new VirtualTime();
    private final InstantSource serverClock;
    private final RemoteTable table;
    private final WatchedTable server;
    private final Set<Instant> usedStamps = new HashSet<>();
    private final Set<Instant> outliers = new HashSet<>();
    private final Set<Trouble> seen = EnumSet.noneOf(Trouble.class);
    private final Map<String, Integer> delivered = new HashMap<>();
    private final Queue<FrontierPage<Row>> undelivered = new ArrayDeque<>();
    private final Map<Row, Integer> readInCycle = new HashMap<>();
    private Iterator<Step> steps = Collections.emptyIterator();
    private Step step = Step.QUIET;
    private String ahead = Frontier.START;
    private String saved = Frontier.START;
    private @Nullable Instant from;
    private boolean isKnown;

    PollingModel(Setup setup, PollingPlant plant) {
        this.setup = setup;
        this.plant = plant;
        this.random = new Random(setup.dice());
        // where stamps are local times, the hour that is repeated or left out counts as lateness
        this.overlap = OVERLAP.plus(setup.zone().change().abs());
        this.serverClock = () -> time.instant().plus(setup.zone().error());
        this.table = new RemoteTable(serverClock);
        this.server = new WatchedTable(table, this);
        table.stampsBy(this::stamp);
        if (setup.has(Trouble.CUTS)) {
            table.cutAnswersAt(() -> 1 + random.nextInt(setup.pageSize()));
        }
        if (!setup.dated()) {
            table.withoutDate();
        }
    }

    /** The troubles that did happen. */
    Set<Trouble> seen() {
        seen.addAll(server.seen());
        return seen;
    }

    /** Runs a cycle beside writers that never rest, and returns how many rows it had, or {@code most} if it goes on behind them. */
    int rowsOfACycleAmongRestlessWriters(int most) {
        writeFirstRows();
        steps = Stream.generate(() -> new Step(4, Pause.SHORT, Crash.NEVER)).iterator();
        int rows = 0;
        FrontierPage<Row> page;
        do {
            page = frontier().poll(ahead);
            ahead = page.next();
            rows += page.rows().size();
        } while (!page.last() && rows < most);
        return Math.min(rows, most);
    }

    /** Runs the steps and two quiet cycles, and returns the rows whose last version never arrived. */
    List<Row> lostAfter(List<Step> history) {
        writeFirstRows();
        steps = history.iterator();
        while (steps.hasNext()) {
            pollOrDie();
        }
        time.advance(overlap);
        cycle();
        cycle();
        List<Row> lost = table.visible().stream().filter(this::isLost).toList();
        if (lost.isEmpty()) {
            becomeIdle();
        }
        return lost;
    }

    private boolean isLost(Row row) {
        boolean wanted = from == null || (row.stamp() != null && !row.stamp().isBefore(from));
        return wanted && delivered.getOrDefault(row.key(), 0) != row.value();
    }

    private void becomeIdle() {
        time.advance(overlap.plusSeconds(1));
        cycle();
        if (setup.dated() && outliers.isEmpty()) {
            int requests = table.requests();
            cycle();
            require(table.requests() - requests == 1, "one request in an idle poll", table.requests() - requests);
        }
    }

    private void writeFirstRows() {
        for (int i = 0; i < setup.rows() / 2; i++) {
            if (setup.from() && i == setup.rows() / 4) {
                from = stamp(serverClock.instant());
            }
            write(key(i), Duration.ZERO, Duration.ZERO);
            time.advance(Duration.ofMillis(random.nextInt(700)));
        }
        if (setup.has(Trouble.FUTURE)) {
            writeOutlier(Duration.ofHours(16));
        }
    }

    @Override
    public void beforeAnswer(boolean probe) {
        step = steps.hasNext() ? steps.next() : Step.QUIET;
        for (int i = 0; i < step.writes(); i++) {
            writeSomething(probe);
        }
        time.advance(pause());
        mayPassANight(probe);
        noteZonesAndFuture(probe);
        dieIf(Crash.BEFORE_THE_ANSWER);
    }

    @Override
    public void afterAnswer() {
        dieIf(Crash.AFTER_THE_ANSWER);
    }

    private void noteZonesAndFuture(boolean probe) {
        List<Row> rows = probe && (setup.has(Trouble.ZONES) || !outliers.isEmpty()) ? table.visible() : List.of();
        if (setup.has(Trouble.ZONES) && !rows.isEmpty()) {
            seen.add(Trouble.ZONES);
        }
        Instant now = table.stamp();
        Instant believable =
                StampKind.time(overlap).latestPlausible(serverClock.instant()).orElseThrow();
        if (rows.stream()
                .flatMap(row -> Stream.ofNullable(row.stamp()))
                .anyMatch(stamp -> outliers.contains(stamp) && stamp.isAfter(now) && !stamp.isAfter(believable))) {
            seen.add(Trouble.FUTURE);
        }
    }

    private void dieIf(Crash crash) {
        if (step.crash() == crash && setup.has(Trouble.CRASHES)) {
            throw new Died();
        }
    }

    private Duration pause() {
        return switch (step.pause()) {
            case NONE -> Duration.ZERO;
            case SHORT -> Duration.ofMillis(random.nextInt(1500));
            case AN_OVERLAP ->
                setup.has(Trouble.FUTURE) && !isKnown
                        ? Duration.ZERO
                        : overlap.multipliedBy(50 + random.nextInt(100)).dividedBy(100);
        };
    }

    /** A row that is stamped ahead is told from others by one who polls before its time has come, so no night is longer than that. */
    private void mayPassANight(boolean probe) {
        if (probe && setup.has(Trouble.FUTURE) && isKnown && random.nextBoolean()) {
            isKnown = false;
            time.advance(Duration.ofHours(5 + random.nextInt(16)));
        }
    }

    private void writeSomething(boolean probe) {
        boolean changesRows = probe || setup.has(Trouble.MOVES);
        boolean mayBeLate = setup.has(Trouble.LATE);
        int die = random.nextInt(30);
        if (changesRows && die == 0) {
            table.delete(key(random.nextInt(setup.rows())));
        } else if (setup.has(Trouble.FUTURE) && outliers.size() < MOST_OUTLIERS && die < 3) {
            writeOutlier(Duration.ofHours(45));
        } else {
            String key = die == 3 ? "F" + random.nextInt(MOST_OUTLIERS) : key(random.nextInt(setup.rows()));
            boolean isNew = !table.has(key);
            if (isNew || changesRows) {
                boolean late = mayBeLate && (isNew || setup.has(Trouble.MOVES)) && random.nextBoolean();
                write(key, late ? delay() : Duration.ZERO, mayBeLate ? skew() : Duration.ZERO);
            }
        }
    }

    private void writeOutlier(Duration ahead) {
        Instant stamp = serverClock
                .instant()
                .plus(ahead)
                .plus(Duration.ofMinutes(random.nextInt(1000)))
                .truncatedTo(ChronoUnit.SECONDS);
        if (table.write("F" + random.nextInt(MOST_OUTLIERS), stamp, Duration.ZERO)) {
            outliers.add(stamp);
            usedStamps.add(stamp);
        }
    }

    private void write(String key, Duration delay, Duration skew) {
        Instant stamp = stamp(serverClock.instant().plus(skew));
        while (!setup.has(Trouble.TIES) && !usedStamps.add(stamp)) {
            time.advance(Duration.ofMillis(1));
            stamp = stamp(serverClock.instant().plus(skew));
        }
        table.write(key, stamp, delay);
    }

    /** Often the longest that is allowed. */
    private Duration delay() {
        Instant now = serverClock.instant();
        Duration longest =
                Duration.between(now, now.truncatedTo(ChronoUnit.SECONDS).plus(LATEST));
        return random.nextInt(3) == 0 ? longest : Duration.ofMillis(random.nextLong(longest.toMillis()));
    }

    private Duration skew() {
        return SKEW.multipliedBy(random.nextInt(3) - 1);
    }

    private Instant stamp(Instant now) {
        Zone zone = setup.zone();
        boolean changed = !now.minus(zone.error()).isBefore(VirtualTime.START.plus(zone.changeAfter()));
        return now.plus(zone.shift())
                .plus(changed ? zone.change() : Duration.ZERO)
                .truncatedTo(setup.has(Trouble.TIES) ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
    }

    private void pollOrDie() {
        try {
            poll();
        } catch (Died e) {
            seen.add(Trouble.CRASHES);
            ahead = plant.resumed(saved, ahead);
            undelivered.clear();
            readInCycle.clear();
        }
    }

    private boolean poll() {
        int requests = table.requests();
        FrontierPage<Row> page = plant.page(frontier().poll(ahead), setup.pageSize(), table);
        check(page, table.requests() - requests);
        ahead = page.next();
        undelivered.add(page);
        while (undelivered.size() > (page.last() ? 0 : 1)) {
            deliver(undelivered.remove());
        }
        return page.last();
    }

    private void check(FrontierPage<Row> page, int requests) {
        require(page.next().length() < 600, "a small position", page.next());
        require(requests <= (outliers.isEmpty() ? 2 : 14), "few requests in a poll", requests);
        require(page.rows().isEmpty() == page.last(), "an empty page at the end and only there", page);
        for (Row row : page.rows()) {
            // so a cycle has no more pages than there are versions, however long it takes
            int times = readInCycle.merge(row, 1, Integer::sum);
            require(
                    times <= (outliers.isEmpty() ? 1 : 2),
                    "each row once in a cycle, or twice if it is an outlier",
                    row);
        }
        if (page.last()) {
            readInCycle.clear();
        }
    }

    private void deliver(FrontierPage<Row> page) {
        for (Row row : page.rows()) {
            Integer earlier = delivered.put(row.key(), row.value());
            require(earlier == null || earlier <= row.value(), "no version after a newer one", row);
        }
        dieIf(Crash.BEFORE_THE_SAVE);
        saved = page.next();
        isKnown |= page.last();
    }

    private void cycle() {
        int requests = table.requests();
        boolean last = false;
        while (!last) {
            if (table.requests() - requests > ENDLESS) {
                throw new AssertionError("a quiet cycle does not end: " + setup);
            }
            last = poll();
        }
        int rows = table.visible().size();
        int pages = setup.has(Trouble.CUTS) ? rows : (rows + setup.pageSize() - 1) / setup.pageSize();
        require(
                table.requests() - requests <= pages + (outliers.isEmpty() ? 2 : 14),
                "no more requests in a quiet cycle than pages",
                table.requests() - requests);
    }

    /** A planted defect is to be told by what it loses alone. */
    private void require(boolean holds, String rule, Object seen) {
        if (!holds && plant == PollingPlant.NONE) {
            throw new AssertionError(rule + " was expected: " + seen);
        }
    }

    private Frontier<Row, Instant> frontier() {
        Frontier.Builder<Row, Instant> builder = Frontier.builder(
                        "rows", plant.set(server), plant.kind(StampKind.time(overlap)))
                .pageSize(setup.pageSize())
                .loadByKey(setup.loadByKey());
        return from == null ? builder.build() : builder.from(from).build();
    }

    private static String key(int number) {
        return "K" + (1000 + number);
    }
}
