package io.mlconnector.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stamps that were too far in the future to be believed when they were read. They stay unbelievable when their time draws near: their
 * rows would otherwise hide all that is changed until then.
 *
 * @param stamps the earliest of them in their order, at most {@value #MOST}
 */
record FrontierOutliers<S extends Comparable<? super S>>(List<S> stamps) {

    private static final int MOST = 10;

    static <S extends Comparable<? super S>> FrontierOutliers<S> none() {
        return new FrontierOutliers<>(List.<S>of());
    }

    boolean contains(S stamp) {
        return stamps.contains(stamp);
    }

    /** Returns those after a bound, null for none. */
    FrontierOutliers<S> after(@Nullable S bound) {
        return bound == null
                ? this
                : new FrontierOutliers<>(stamps.stream()
                        .filter(stamp -> stamp.compareTo(bound) > 0)
                        .toList());
    }

    /** Returns the earliest up to a bound, null for none. */
    Optional<S> firstUpTo(@Nullable S bound) {
        return stamps.stream()
                .filter(stamp -> bound == null || stamp.compareTo(bound) <= 0)
                .findFirst();
    }

    /** Returns the latest stamp to believe: where no more outliers can be kept, nothing behind them is believed. */
    @Nullable S latestToBelieve(@Nullable S plausible) {
        S last = stamps.size() < MOST ? null : stamps.get(MOST - 1);
        return plausible == null || (last != null && last.compareTo(plausible) < 0) ? last : plausible;
    }

    FrontierOutliers<S> with(Stream<S> more) {
        return new FrontierOutliers<>(Stream.concat(stamps.stream(), more)
                .distinct()
                .sorted()
                .limit(MOST)
                .toList());
    }
}
