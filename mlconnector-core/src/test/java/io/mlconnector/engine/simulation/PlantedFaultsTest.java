package io.mlconnector.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth something only if it sees defects. */
class PlantedFaultsTest {

    private static final int SEEDS = 300;

    record Planted(String name, Supplier<Plant> plant, String symptom) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Planted> plants() {
        return List.of(
                new Planted("position saved before settle", Plants.PositionBeforeSettle::new, "which is not settled"),
                new Planted("strict time filter", Plants.StrictTimeFilter::new, "has 0 documents"),
                new Planted("overlap dropped", Plants.NoOverlap::new, "has 0 documents"),
                new Planted("now as watermark", Plants.NowAsWatermark::new, "has 0 documents"),
                new Planted("blind retry", Plants.BlindRetry::new, "a second document"),
                new Planted("look-up before the settle time", Plants.EarlyLookUp::new, "a second document"),
                new Planted("stale epoch accepted", Plants.StaleEpochAccepted::new, "a second document"),
                new Planted("rollback ignored", Plants.RollbackIgnored::new, "the audit"));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void findsThePlantedFault(Planted planted) {
        int seed = 0;
        while (seed < SEEDS && !shows(planted, seed)) {
            seed++;
        }

        System.out.printf("%s: seed %d shows \"%s\"%n", planted.name(), seed, planted.symptom());
        assertThat(seed).as("seeds until it shows").isLessThan(SEEDS);
    }

    private static boolean shows(Planted planted, int seed) {
        List<String> violations = Simulation.run(seed, planted.plant().get()).violations();
        return violations.stream().anyMatch(violation -> violation.contains(planted.symptom()))
                && violations.stream().noneMatch(violation -> violation.contains("fails without a fault"));
    }
}
