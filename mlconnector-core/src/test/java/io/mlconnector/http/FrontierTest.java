package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.http.RemoteTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {

    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final VirtualTime time = new VirtualTime();
    private final RemoteTable table = new RemoteTable(time);
    private String position = Frontier.START;

    private Frontier.Builder<Row, Instant> frontier() {
        return Frontier.builder("customers", table, StampKind.time(OVERLAP)).pageSize(3);
    }

    /** Polls to the end of the cycle and returns the keys in the order of delivery. */
    private List<String> cycle(Frontier<Row, Instant> frontier) {
        List<String> keys = new ArrayList<>();
        FrontierPage<Row> page;
        do {
            page = frontier.poll(position);
            position = page.next();
            page.rows().forEach(row -> keys.add(row.key()));
        } while (!page.last());
        return keys;
    }

    private void write(String... keys) {
        for (String key : keys) {
            table.write(key, Duration.ZERO);
        }
    }

    @Test
    void readsEverythingByKeyFirstAndThenOnlyTheOverlap() {
        write("a", "b", "c", "d");
        table.write("no-stamp", null, Duration.ZERO);
        time.advance(Duration.ofHours(1));
        write("e");

        assertThat(cycle(frontier().build())).containsExactly("a", "b", "c", "d", "e", "no-stamp");
        time.advance(Duration.ofSeconds(10));
        write("f");
        assertThat(cycle(frontier().build())).containsExactly("e", "f");
    }

    @Test
    void saysThatItIsCaughtUpOnAnEmptySetAndStartsOverLater() {
        FrontierPage<Row> page = frontier().build().poll(Frontier.START);

        assertThat(page.rows()).isEmpty();
        assertThat(page.last()).isTrue();
        position = page.next();
        write("a");
        assertThat(cycle(frontier().build())).containsExactly("a");
    }

    @Test
    void givesTheSamePageForTheSamePosition() {
        write("a", "b", "c", "d");
        Frontier<Row, Instant> frontier = frontier().build();

        FrontierPage<Row> first = frontier.poll(Frontier.START);

        assertThat(frontier.poll(Frontier.START)).isEqualTo(first);
        assertThat(frontier.poll(first.next())).isEqualTo(frontier().build().poll(first.next()));
    }

    @Test
    void costsOneRequestWhenIdleOnceTheWindowIsSettled() {
        write("a", "b");
        Frontier<Row, Instant> frontier = frontier().build();
        cycle(frontier);

        assertThat(cycle(frontier)).as("not settled").containsExactly("a", "b");
        time.advance(OVERLAP);
        assertThat(cycle(frontier)).as("the full cycle after the settle time").containsExactly("a", "b");

        int requests = table.requests();
        assertThat(cycle(frontier)).isEmpty();
        assertThat(table.requests()).isEqualTo(requests + 1);
        time.advance(Duration.ofHours(2));
        write("c");
        assertThat(cycle(frontier)).as("only what is behind the settled window").containsExactly("c");
        assertThat(cycle(frontier)).as("the overlap is open again").containsExactly("c");
    }

    @Test
    void isNotHeldUpByAStampInTheFuture() {
        write("a");
        table.write("typo", Instant.parse("2206-01-15T00:00:00Z"), Duration.ZERO);
        Frontier<Row, Instant> frontier = frontier().loadByKey(false).build();

        assertThat(cycle(frontier)).containsExactlyInAnyOrder("typo", "a");
        time.advance(Duration.ofMinutes(1));
        write("b");
        table.write("other-typo", Instant.parse("2099-01-15T00:00:00Z"), Duration.ZERO);
        assertThat(cycle(frontier)).contains("b", "other-typo");
        time.advance(Duration.ofHours(1));
        write("c");
        assertThat(cycle(frontier)).contains("c");
    }

    @Test
    void losesNothingWhenTheTimeOfAStampInTheFutureDrawsNear() {
        write("a");
        table.write("typo", time.instant().plus(Duration.ofHours(40)), Duration.ZERO);
        table.write("other-typo", time.instant().plus(Duration.ofHours(41)), Duration.ZERO);
        Frontier<Row, Instant> frontier = frontier().build();
        cycle(frontier);

        for (String key : List.of("b", "c", "d", "e", "f", "g", "h")) {
            time.advance(Duration.ofHours(6));
            write(key);
            assertThat(cycle(frontier)).as("every six hours").contains(key, "typo", "other-typo");
            time.advance(Duration.ofMinutes(20));
            write(key);
            assertThat(cycle(frontier)).as("and soon after").contains(key);
        }
        time.advance(Duration.ofHours(1));
        write("z");
        cycle(frontier);

        assertThat(cycle(frontier)).as("once their time has passed").containsExactly("z");
    }

    @Test
    void losesNothingAndStaysSmallHoweverManyStampsLieInTheFuture() {
        write("a");
        for (int i = 0; i < 40; i++) {
            table.write("typo-" + i, time.instant().plus(Duration.ofMinutes(1211 + 60 * i)), Duration.ZERO);
        }
        Frontier<Row, Instant> frontier = frontier().build();
        cycle(frontier);

        for (int hour = 0; hour < 80; hour++) {
            time.advance(Duration.ofHours(1));
            write("b");
            assertThat(cycle(frontier)).as("in hour %s", hour).contains("b");
            assertThat(position).hasSizeLessThan(800);
        }
        time.advance(Duration.ofHours(1));
        write("z");
        cycle(frontier);

        assertThat(cycle(frontier)).as("once their time has passed").containsExactly("z");
    }

    @Test
    void neverCountsAWindowAsSettledWhereTheServerTellsNoTime() {
        table.withoutDate();
        write("a", "b");
        Frontier<Row, Instant> frontier = frontier().build();
        cycle(frontier);

        for (int cycle = 0; cycle < 3; cycle++) {
            time.advance(OVERLAP);
            assertThat(cycle(frontier)).containsExactly("a", "b");
        }
    }

    @Test
    void readsOnlyTheOverlapWhenItStartsFromNow() {
        write("a");
        time.advance(Duration.ofHours(1));
        write("b");
        table.write("typo", Instant.parse("2206-01-15T00:00:00Z"), Duration.ZERO);

        position = frontier().build().now();

        assertThat(cycle(frontier().build())).containsExactlyInAnyOrder("typo", "b");
        time.advance(Duration.ofMinutes(1));
        write("c");
        assertThat(cycle(frontier().build())).contains("c");
    }

    @Test
    void readsEverythingWhenItStartsFromNowAndNothingIsThereYet() {
        position = frontier().build().now();
        write("a");

        assertThat(cycle(frontier().build())).containsExactly("a");
    }

    @Test
    void goesBackWhenTheSystemWasRestoredFromABackup() {
        write("a");
        time.advance(Duration.ofHours(3));
        write("b");
        Frontier<Row, Instant> frontier = frontier().build();
        cycle(frontier);

        table.delete("b");
        table.write("c", VirtualTime.START.plusSeconds(5), Duration.ZERO);

        assertThat(cycle(frontier)).contains("c");
    }

    @Test
    void readsNothingBeforeTheStampThatIsOfInterest() {
        write("old");
        time.advance(Duration.ofSeconds(30));
        Instant from = time.instant();
        write("new");
        Frontier<Row, Instant> frontier = frontier().from(from).build();

        assertThat(cycle(frontier)).containsExactly("new");
        assertThat(cycle(frontier)).containsExactly("new");
    }

    @Test
    void refusesPositionsThatAreNotItsOwn() {
        write("a", "b", "c", "d");
        String foreign = Frontier.builder("vendors", table, StampKind.time(OVERLAP))
                .build()
                .poll(Frontier.START)
                .next();

        assertThatExceptionOfType(FrontierException.class)
                .isThrownBy(() -> frontier().build().poll(foreign))
                .withMessageContaining("vendors")
                .withMessageContaining("customers");
        String good = frontier().build().poll(Frontier.START).next();
        for (String bad : List.of(
                "x",
                "{}",
                "[]",
                "null",
                "7",
                good.replace("LOAD", "NAP"),
                good.replace("2026-", "202x-"),
                good.replace("upper", "lower"))) {
            assertThatExceptionOfType(FrontierException.class)
                    .isThrownBy(() -> frontier().build().poll(bad))
                    .withMessageContaining("not a position of set customers");
        }
    }

    @Test
    void keepsThePositionSmall() {
        for (int i = 0; i < 500; i++) {
            write("row-" + i);
        }
        Frontier<Row, Instant> frontier = frontier().pageSize(400).build();

        assertThat(frontier.poll(Frontier.START).next()).hasSizeLessThan(300);
    }

    @Test
    void pollsRowVersionsAsWell() {
        assertThat(StampKind.number(10, OVERLAP).lowerBound(7L)).isEqualTo(-3L);
        assertThat(StampKind.number(10, OVERLAP).lowerBound(Long.MIN_VALUE + 3)).isEqualTo(Long.MIN_VALUE);
        assertThat(StampKind.number(10, OVERLAP).before(7L)).isEqualTo(6L);
        assertThat(StampKind.number(10, OVERLAP).latestPlausible(time.instant()))
                .isEmpty();
        assertThat(StampKind.number(10, OVERLAP).latestPast(time.instant())).isEmpty();
    }

    @Test
    void findsNothingToSayAboutASoundSet() {
        write("a", "b", "c", "d");

        frontier().build().verify();

        assertThat(table.requests()).isLessThanOrEqualTo(12);
    }
}
