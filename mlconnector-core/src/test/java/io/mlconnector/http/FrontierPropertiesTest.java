package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.http.PollingModel.Setup;
import io.mlconnector.http.PollingModel.Step;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class FrontierPropertiesTest {

    private static final Duration OVERLAP = PollingModel.LATEST.plusSeconds(1);

    @Property(tries = 1500)
    void deliversEveryVersionOrANewerOne(@ForAll("setups") Setup setup, @ForAll("histories") List<Step> history) {
        assertThat(new PollingModel(setup).lostAfter(history)).isEmpty();
    }

    @Test
    void wouldLoseRowsWithoutTheOverlap() {
        assertThat(losingRuns(new Setup(30, 5, 100, true, Duration.ZERO, false, 0)))
                .isPositive();
        assertThat(losingRuns(new Setup(30, 5, 100, true, OVERLAP, false, 0))).isZero();
    }

    @Test
    void wouldLoseRowsIfAShortPageEndedTheCycle() {
        assertThat(losingRuns(new Setup(30, 5, 3, true, OVERLAP, true, 0))).isPositive();
        assertThat(losingRuns(new Setup(30, 5, 3, true, OVERLAP, false, 0))).isZero();
    }

    @Provide
    Arbitrary<Setup> setups() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(true, false),
                        Arbitraries.longs())
                .as((rows, size, cut, byKey, dice) -> new Setup(rows, size, cut, byKey, OVERLAP, false, dice));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.integers().between(0, 1500)),
                                Tuple.of(1, Arbitraries.integers().between(5000, 30_000))),
                        Arbitraries.integers().between(0, 9).map(die -> die == 0))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    private static long losingRuns(Setup setup) {
        return IntStream.range(0, 100)
                .filter(dice -> {
                    Random random = new Random(dice);
                    List<Step> history = IntStream.range(0, 60)
                            .mapToObj(i -> new Step(random.nextInt(6), random.nextInt(1500), random.nextInt(10) == 0))
                            .toList();
                    Setup diced = new Setup(
                            setup.rows(),
                            setup.pageSize(),
                            setup.cut(),
                            setup.loadByKey(),
                            setup.overlap(),
                            setup.endsOnShortPage(),
                            dice);
                    return !new PollingModel(diced).lostAfter(history).isEmpty();
                })
                .count();
    }
}
