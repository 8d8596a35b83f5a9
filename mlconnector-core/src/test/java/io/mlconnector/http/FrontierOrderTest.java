package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrontierOrderTest {

    private static final Instant STAMP = Instant.parse("2026-01-15T09:00:00Z");

    /** Orders keys without regard to case but compares them by code, as a database with two collations does. All stamps are one. */
    private static class TwoCollations implements FrontierSet<String, Instant> {

        private final List<String> rows;

        TwoCollations(String... rows) {
            this.rows = Stream.of(rows).sorted(order()).toList();
        }

        Comparator<String> order() {
            return String.CASE_INSENSITIVE_ORDER;
        }

        @Override
        public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
            return new FrontierProbe<>(STAMP, STAMP);
        }

        @Override
        public List<String> pageByStamp(
                FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
            boolean any = window.fromIncluded() || !STAMP.equals(window.from());
            return any ? pageByKey(after == null ? null : after.key(), size) : List.of();
        }

        @Override
        public List<String> pageByKey(@Nullable List<String> after, int size) {
            return rows.stream()
                    .filter(key -> after == null || key.compareTo(after.get(0)) > 0)
                    .limit(size)
                    .toList();
        }

        @Override
        public Instant stampOf(String row) {
            return STAMP;
        }

        @Override
        public List<String> keyOf(String row) {
            return List.of(row);
        }
    }

    private static <R> Frontier<R, Instant> frontier(FrontierSet<R, Instant> set) {
        return Frontier.builder("customers", set, StampKind.time(Duration.ofMinutes(5)))
                .pageSize(3)
                .build();
    }

    private static void pollToTheEnd(Frontier<?, Instant> frontier) {
        FrontierPage<?> page = frontier.poll(Frontier.START);
        for (int polls = 0; !page.last(); polls++) {
            assertThat(polls).as("the cycle ends").isLessThan(100);
            page = frontier.poll(page.next());
        }
    }

    @Test
    void stopsWhenARowComesTwiceBecauseOrderAndComparisonDiffer() {
        // By code: A B C a b c. Without case: A a B b C c, so the page behind "B" begins with "a" again.
        TwoCollations set = new TwoCollations("A", "B", "C", "a", "b", "c");

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> pollToTheEnd(frontier(set)))
                .withMessageContaining("came twice in one cycle");
    }

    @Test
    void findsTheTwoCollationsBeforeTheFirstPoll() {
        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(
                        () -> frontier(new TwoCollations("A", "B", "a", "b")).verify())
                .withMessageContaining("orders by other rules");
        frontier(new TwoCollations("A", "B", "C", "D")).verify();
    }

    @Test
    void stopsWhenTheServerTakesNoNoticeOfTheCursor() {
        TwoCollations set = new TwoCollations("A", "B", "C") {
            @Override
            public List<String> pageByKey(@Nullable List<String> after, int size) {
                return super.pageByKey(null, size);
            }
        };

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> pollToTheEnd(frontier(set)))
                .withMessageContaining("came twice");
    }

    @Test
    void stopsWhenTheFilterIsNotApplied() {
        TwoCollations set = new TwoCollations("A", "B") {
            @Override
            public Instant stampOf(String row) {
                return STAMP.plusSeconds(7200);
            }
        };
        Frontier<String, Instant> byStamp = Frontier.builder("customers", set, StampKind.time(Duration.ofMinutes(5)))
                .loadByKey(false)
                .build();

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> byStamp.poll(Frontier.START))
                .withMessageContaining("lies outside of");
    }

    @Test
    void stopsWhenTheNewestStampIsNotTheNewestOfThoseAskedFor() {
        TwoCollations set = new TwoCollations("A", "B") {
            @Override
            public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
                return new FrontierProbe<>(STAMP.plus(Duration.ofDays(9)), STAMP);
            }
        };

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> frontier(set).poll(Frontier.START))
                .withMessageContaining("is said to be 2026-01-24T09:00:00Z");
    }

    @Test
    void findsStampsThatAreWrittenInAnotherZoneThanFiltersAreRead() {
        RemoteTable table = new RemoteTable(new VirtualTime());
        table.write("a", Duration.ZERO);
        FrontierSet<RemoteTable.Row, Instant> shifted = new ShiftedFilters(table, Duration.ofHours(1));

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> frontier(shifted).verify())
                .withMessageContaining("another zone");
    }

    @Test
    void takesASetThatIsWrittenAllTheTimeForSound() {
        VirtualTime time = new VirtualTime();
        RemoteTable table = new RemoteTable(time);
        table.write("a", Duration.ZERO);
        FrontierSet<RemoteTable.Row, Instant> busy = new PassingSet<>(table) {
            @Override
            public List<RemoteTable.Row> pageByStamp(
                    FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
                time.advance(Duration.ofSeconds(1));
                table.write("new-" + table.requests(), Duration.ZERO);
                return super.pageByStamp(window, after, size);
            }
        };

        frontier(busy).verify();

        assertThat(table.visible()).hasSizeGreaterThan(4);
    }

    /** A system that reads the times of a filter in another zone than it writes those of its rows. */
    private static final class ShiftedFilters extends PassingSet<RemoteTable.Row> {

        private final Duration shift;

        ShiftedFilters(RemoteTable table, Duration shift) {
            super(table);
            this.shift = shift;
        }

        @Override
        public List<RemoteTable.Row> pageByStamp(
                FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
            return super.pageByStamp(
                    new FrontierWindow<>(shifted(window.from()), window.fromIncluded(), shifted(window.to())),
                    after,
                    size);
        }

        private @Nullable Instant shifted(@Nullable Instant stamp) {
            return stamp == null ? null : stamp.plus(shift);
        }
    }
}
