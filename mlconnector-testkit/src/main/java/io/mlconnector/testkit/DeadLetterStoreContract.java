package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.Letter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterStore} promises. */
abstract class DeadLetterStoreContract extends IntentStoreContract {

    @Test
    final void keepsLettersWhole() {
        Letter dead = dead("1");
        Letter bare = new Letter(
                FLOW,
                source("2"),
                Letter.Kind.DEAD,
                "",
                null,
                "",
                false,
                Long.MIN_VALUE,
                null,
                0,
                Instant.EPOCH,
                NOW_KEPT,
                null);
        write(tx -> tx.deadLetters().put(List.of(dead, bare, parked("3"))));

        assertThat(letter("1")).contains(dead);
        assertThat(letter("2")).contains(bare);
        assertThat(letter("3")).contains(parked("3"));
        assertThat(letter("4")).isEmpty();
    }

    @Test
    final void countsTheLettersOfAFlowByKind() {
        write(tx -> tx.deadLetters().put(List.of(dead("1"), dead("2"), parked("3"))));

        assertThat(count(FLOW, Letter.Kind.DEAD)).isEqualTo(2);
        assertThat(count(FLOW, Letter.Kind.PARKED)).isEqualTo(1);
        assertThat(count("another", Letter.Kind.DEAD)).isZero();
    }

    private int count(String flow, Letter.Kind kind) {
        return read(tx -> tx.deadLetters().count(flow, kind));
    }

    @Test
    final void keepsTheFirstTimeOfALetterAndAddsItsAttempts() {
        Instant later = NOW_KEPT.plusSeconds(60);
        Letter again = new Letter(
                FLOW,
                source("1"),
                Letter.Kind.DEAD,
                "other reason",
                null,
                "other payload",
                false,
                77,
                "w2",
                3,
                later,
                later,
                null);
        write(tx -> tx.deadLetters().put(List.of(parked("1"))));
        write(tx -> tx.deadLetters().put(List.of(again)));

        assertThat(letter("1"))
                .contains(new Letter(
                        FLOW,
                        source("1"),
                        Letter.Kind.DEAD,
                        "other reason",
                        null,
                        "other payload",
                        false,
                        77,
                        "w2",
                        5,
                        NOW_KEPT,
                        later,
                        null));
    }

    @Test
    final void addsTheAttemptsOfLettersThatAreStoredTogether() {
        write(tx -> tx.deadLetters().put(List.of(parked("1"), dead("1"))));

        assertThat(letter("1").map(Letter::attempts)).contains(4);
        assertThat(letter("1").map(Letter::kind)).contains(Letter.Kind.DEAD);
    }

    @Test
    final void startsALetterAnewAfterItsRemoval() {
        write(tx -> tx.deadLetters().put(List.of(dead("1"), dead("2"))));
        write(tx -> tx.deadLetters().remove(FLOW, List.of(source("1"), source("unknown"))));
        assertThat(letter("1")).isEmpty();

        write(tx -> tx.deadLetters().put(List.of(dead("1"))));

        assertThat(letter("1").map(Letter::attempts)).contains(2);
        assertThat(letter("2")).isPresent();
    }

    @Test
    final void listsLettersOfOneKindPageByPage() {
        write(tx -> tx.deadLetters().put(List.of(dead("c"), parked("b2"), dead("a"), dead("B"), dead("b"), dead("d"))));

        assertThat(list(Letter.Kind.DEAD, "", 2)).containsExactly("B", "a");
        assertThat(list(Letter.Kind.DEAD, "a", 2)).containsExactly("b", "c");
        assertThat(list(Letter.Kind.DEAD, "c", 2)).containsExactly("d");
        assertThat(list(Letter.Kind.DEAD, "d", 2)).isEmpty();
        assertThat(list(Letter.Kind.PARKED, "", 2)).containsExactly("b2");
        assertThat(this.<List<Letter>>read(tx -> tx.deadLetters().list("payments", Letter.Kind.DEAD, "", 2)))
                .isEmpty();
    }

    @Test
    final void refusesAPageOfNoLetters() {
        assertThatIllegalArgumentException().isThrownBy(() -> list(Letter.Kind.DEAD, "", 0));
    }

    private List<String> list(Letter.Kind kind, String after, int limit) {
        return read(tx -> tx.deadLetters().list(FLOW, kind, after, limit).stream()
                .map(letter -> letter.source().id())
                .toList());
    }
}
