package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.mlconnector.http.FrontierState.Phase;
import io.mlconnector.http.FrontierState.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a remote set by time or row version without losing a row to ties, to rows that move while they are paged, or to changes that become
 * visible late.
 *
 * <p>A cycle looks up the newest visible stamp on the server's own clock, then reads the window from the last cycle's upper bound less an
 * overlap up to that stamp, page by page behind (stamp, key), until a page is empty. The first cycle may read the whole set by key instead.
 * Rows in the overlap come again: the receiver recognises them by content. Each change is delivered in the first cycle that begins
 * after it became visible, provided that it became visible within the overlap; a change that is overtaken by a newer one of the same
 * row may be left out.
 *
 * <p>Once the newest stamp has not moved for the kind's settle time and a cycle ran after that, an idle poll costs one request. Stamps
 * far in the future, which would push the watermark past real changes, do not count as newest, also when their time draws near; their
 * rows are delivered in every cycle.
 *
 * <p>Keeps nothing between polls but its settings: what a poll does follows from the position and the remote set. It asks no clock of
 * ours; what the remote clock says is compared only with what it said before, and with the stamps. For one thread at a time per set.
 *
 * @param <R> the type of a row
 * @param <S> the type of a stamp
 */
public final class Frontier<R, S extends Comparable<? super S>> {

    /** The position before the first poll. */
    public static final String START = "";

    private static final Logger LOG = LoggerFactory.getLogger(Frontier.class);

    private final String name;
    private final FrontierSet<R, S> set;
    private final StampKind<S> kind;
    private final int pageSize;
    private final boolean loadsByKey;
    private final @Nullable S from;
    private final FrontierOrder<S> order;

    private Frontier(Builder<R, S> builder) {
        name = builder.name;
        set = builder.set;
        kind = builder.kind;
        pageSize = builder.pageSize;
        from = builder.from;
        loadsByKey = builder.loadByKey && from == null;
        order = new FrontierOrder<>(name);
    }

    /**
     * Returns a builder with the defaults its methods name.
     *
     * @param name the set's name, which its positions carry so that no other set takes them, not blank
     * @param set the remote set
     * @param kind what its rows are stamped with, and the overlap
     * @param <R> the type of a row
     * @param <S> the type of a stamp
     * @return the builder
     * @throws IllegalArgumentException if the name is blank
     */
    public static <R, S extends Comparable<? super S>> Builder<R, S> builder(
            String name, FrontierSet<R, S> set, StampKind<S> kind) {
        return new Builder<>(name, set, kind);
    }

    /**
     * Reads the next page. May be called again with the same position after a crash, and with any position that was handed out, also in
     * the middle of a cycle and in another process. A page with {@code last} is empty: the cycle has ended.
     *
     * @param position {@link #START} or the {@code next} of an earlier page
     * @return the page
     * @throws FrontierException if the position is malformed or another set's, or the rows show that the server does not filter and order
     *     by the same rules
     */
    public FrontierPage<R> poll(String position) {
        requireNonNull(position, "position");
        FrontierState<S> state = position.isEmpty() ? FrontierState.start() : FrontierState.parse(position, name, kind);
        if (state.phase() == Phase.REST) {
            state = begin(state);
        }
        while (state.phase() != Phase.REST) {
            List<R> rows = read(state);
            if (!rows.isEmpty()) {
                FrontierState<S> next =
                        state.after(rows.stream().map(this::rowOf).toList());
                return new FrontierPage<>(rows, next.format(name, kind), false);
            }
            // Only an empty page ends a phase: a short one may come from a limit that the server keeps to itself.
            state = finish(state);
        }
        return new FrontierPage<>(List.of(), state.format(name, kind), true);
    }

    /**
     * Returns the position of one who has read everything that is visible now. Polling from there begins with the overlap; where nothing
     * is visible yet, with everything.
     *
     * @return the position
     */
    public String now() {
        FrontierState<S> begun = begin(FrontierState.start());
        return FrontierState.atRest(begun.upper(), false, begun.since(), begun.outlier(), begun.outliers())
                .format(name, kind);
    }

    /**
     * Asks the set a few questions whose answers are known: whether a filter for the newest stamp finds exactly its rows (zones and
     * precision), and whether the row after a given one is its neighbour (collation). Costs about ten requests; meant for the start.
     *
     * @throws FrontierException if an answer is wrong twice
     */
    public void verify() {
        new FrontierCheck<>(name, set, kind, loadsByKey).run();
    }

    private FrontierState<S> begin(FrontierState<S> rest) {
        FrontierProbe<S> probe = set.probe(null);
        S newest = probe.newest();
        if (newest == null) {
            return rest;
        }
        Instant now = probe.remoteTime();
        FrontierOutliers<S> outliers =
                rest.outliers().after(now == null ? null : kind.latestPast(now).orElse(null));
        S believable = outliers.latestToBelieve(
                now == null ? null : kind.latestPlausible(now).orElse(null));
        S upper = newestBelievable(newest, believable, outliers);
        boolean beyond = !newest.equals(upper);
        if (beyond && !newest.equals(rest.outlier())) {
            LOG.warn(
                    "{}: a row is stamped {} while the server's time is {}; such rows are read in every cycle",
                    name,
                    newest,
                    now);
        }
        boolean unmoved = upper != null && upper.equals(rest.watermark());
        Instant known = rest.since();
        Instant since = unmoved && known != null && (now == null || !known.isAfter(now)) ? known : now;
        // The pages of this cycle are read after the server has told its time.
        boolean ripe = unmoved
                && since != null
                && now != null
                && !since.plus(kind.settleTime()).isAfter(now);
        FrontierState<S> cycle = new FrontierState<>(
                Phase.CYCLE,
                rest.watermark(),
                rest.settled(),
                since,
                upper,
                ripe,
                beyond ? newest : null,
                believable,
                outliers.after(upper),
                null,
                List.of());
        return beyond ? cycle.entering(Phase.OUTLIERS) : afterOutliers(cycle);
    }

    /** A stamp that was once beyond belief stays so when its time draws near. */
    private @Nullable S newestBelievable(S newest, @Nullable S believable, FrontierOutliers<S> outliers) {
        S upper = newest;
        while (upper != null) {
            if (believable != null && upper.compareTo(believable) > 0) {
                upper = newestAtMost(believable);
            } else if (outliers.contains(upper)) {
                upper = newestAtMost(kind.before(upper));
            } else {
                return upper;
            }
        }
        return null;
    }

    private @Nullable S newestAtMost(S bound) {
        S newest = set.probe(bound).newest();
        if (newest != null && newest.compareTo(bound) > 0) {
            throw order.broken("the newest stamp up to " + bound + " is said to be " + newest
                    + "; the filter is not applied, or is read in another zone");
        }
        return newest;
    }

    private FrontierState<S> finish(FrontierState<S> state) {
        return state.phase() == Phase.OUTLIERS
                ? afterOutliers(state)
                : FrontierState.atRest(state.upper(), state.ripe(), state.since(), state.outlier(), state.outliers());
    }

    private FrontierState<S> afterOutliers(FrontierState<S> state) {
        if (state.upper() != null && state.watermark() == null && loadsByKey) {
            return state.entering(Phase.LOAD);
        }
        boolean nothingNew =
                state.upper() == null || (state.settled() && state.upper().equals(state.watermark()));
        return nothingNew
                ? FrontierState.atRest(
                        state.watermark(), state.settled(), state.since(), state.outlier(), state.outliers())
                : state.entering(Phase.CYCLE);
    }

    private List<R> read(FrontierState<S> state) {
        Row<S> cursor = state.cursor();
        FrontierWindow<S> window = window(state);
        List<R> rows;
        if (state.phase() == Phase.LOAD) {
            rows = set.pageByKey(cursor == null ? null : cursor.key(), pageSize);
        } else {
            S stamp = cursor == null ? null : cursor.stamp();
            rows = set.pageByStamp(
                    window,
                    cursor == null || stamp == null ? null : new FrontierCursor<>(stamp, cursor.key()),
                    pageSize);
        }
        order.check(state, window, rows.stream().map(this::rowOf).toList());
        return rows;
    }

    private FrontierWindow<S> window(FrontierState<S> state) {
        S watermark = state.watermark();
        S upper = state.upper();
        if (state.phase() == Phase.OUTLIERS) {
            return new FrontierWindow<>(below(state), false, state.outlier());
        }
        if (watermark == null || upper == null) {
            return new FrontierWindow<>(from, true, upper);
        }
        if (state.settled() && upper.compareTo(watermark) > 0) {
            return new FrontierWindow<>(watermark, false, upper);
        }
        // The newest row may have been deleted, or the system restored from a backup: then the watermark goes back.
        S lower = kind.lowerBound(upper.compareTo(watermark) < 0 ? upper : watermark);
        return new FrontierWindow<>(from != null && from.compareTo(lower) > 0 ? from : lower, true, upper);
    }

    /** The stamp after which a cycle's outliers begin. */
    private @Nullable S below(FrontierState<S> state) {
        S believable = state.believable();
        return state.outliers().firstUpTo(believable).map(kind::before).orElse(believable);
    }

    private Row<S> rowOf(R row) {
        return new Row<>(set.stampOf(row), List.copyOf(set.keyOf(row)));
    }

    /**
     * Collects the settings. For one thread.
     *
     * @param <R> the type of a row
     * @param <S> the type of a stamp
     */
    public static final class Builder<R, S extends Comparable<? super S>> {

        private final String name;
        private final FrontierSet<R, S> set;
        private final StampKind<S> kind;
        private int pageSize = 1000;
        private boolean loadByKey = true;
        private @Nullable S from;

        private Builder(String name, FrontierSet<R, S> set, StampKind<S> kind) {
            this.name = requireNonNull(name, "name");
            this.set = requireNonNull(set, "set");
            this.kind = requireNonNull(kind, "kind");
            if (name.isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
        }

        /**
         * Sets how many rows are asked for at once; the default is 1000.
         *
         * @param rows at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder<R, S> pageSize(int rows) {
            if (rows < 1) {
                throw new IllegalArgumentException("pageSize must be at least 1: " + rows);
            }
            this.pageSize = rows;
            return this;
        }

        /**
         * Sets whether the first cycle reads the whole set by key, which suits primary keys, or by stamp; the default is by key.
         * By key it goes on for as long as each request finds rows that were added at the end.
         *
         * @param byKey whether {@link FrontierSet#pageByKey} is used
         * @return this builder
         */
        public Builder<R, S> loadByKey(boolean byKey) {
            this.loadByKey = byKey;
            return this;
        }

        /**
         * Sets the earliest stamp that is of interest; older rows are never read and the first cycle goes by stamp. The default is none.
         *
         * @param stamp the earliest stamp, included
         * @return this builder
         */
        public Builder<R, S> from(S stamp) {
            this.from = requireNonNull(stamp, "stamp");
            return this;
        }

        /**
         * Returns the frontier.
         *
         * @return the frontier
         */
        public Frontier<R, S> build() {
            return new Frontier<>(this);
        }
    }
}
