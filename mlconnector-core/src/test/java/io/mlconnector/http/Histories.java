package io.mlconnector.http;

import io.mlconnector.http.PollingModel.Crash;
import io.mlconnector.http.PollingModel.Pause;
import io.mlconnector.http.PollingModel.Setup;
import io.mlconnector.http.PollingModel.Step;
import io.mlconnector.http.PollingModel.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What a set and its poller may live through: one trouble alone, some together, or all. */
final class Histories {

    /** Runs of one property. */
    static final int TRIES = 2000;

    private Histories() {}

    static Arbitrary<Setup> setups() {
        return troubles().flatMap(Histories::setups);
    }

    private static Arbitrary<Set<Trouble>> troubles() {
        Arbitrary<Trouble> any = Arbitraries.of(Trouble.class);
        return Arbitraries.frequencyOf(
                Tuple.of(4, any.set().ofSize(1)),
                Tuple.of(4, any.set()),
                Tuple.of(2, Arbitraries.just(Set.of(Trouble.values()))));
    }

    private static Arbitrary<Setup> setups(Set<Trouble> troubles) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(true, false),
                        oneIn(4),
                        // without a date nobody can tell what lies in the future
                        troubles.contains(Trouble.FUTURE) ? Arbitraries.just(true) : oneIn(8).map(undated -> !undated),
                        troubles.contains(Trouble.ZONES) ? zones() : Arbitraries.just(Zone.NONE),
                        Arbitraries.longs())
                .as((rows, size, byKey, from, dated, zone, dice) ->
                        new Setup(troubles, rows, size, byKey, from, dated, zone, dice));
    }

    private static Arbitrary<Zone> zones() {
        return Combinators.combine(
                        Arbitraries.integers().between(-20_000, 20_000).map(Duration::ofHours),
                        Arbitraries.integers()
                                .between(-4 * 11, 4 * 13)
                                .map(quarters -> Duration.ofMinutes(15L * quarters)),
                        Arbitraries.of(-1, 0, 0, 1).map(Duration::ofHours),
                        Arbitraries.integers().between(0, 100).map(Duration::ofSeconds))
                .as(Zone::new);
    }

    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.frequency(
                                Tuple.of(3, Pause.NONE), Tuple.of(12, Pause.SHORT), Tuple.of(2, Pause.AN_OVERLAP)),
                        Arbitraries.frequency(
                                Tuple.of(12, Crash.NEVER),
                                Tuple.of(1, Crash.BEFORE_THE_ANSWER),
                                Tuple.of(1, Crash.AFTER_THE_ANSWER),
                                Tuple.of(1, Crash.BEFORE_THE_SAVE)))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    private static Arbitrary<Boolean> oneIn(int number) {
        return Arbitraries.integers().between(1, number).map(die -> die == 1);
    }
}
