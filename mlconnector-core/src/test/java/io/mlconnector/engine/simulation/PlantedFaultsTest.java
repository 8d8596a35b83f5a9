package io.mlconnector.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth something only if it sees defects. */
class PlantedFaultsTest {

    private static final int SEEDS = 300;
    private static final DocumentedTable TABLE =
            new DocumentedTable("planted faults", "planted", "shows as", "within seeds");

    private enum Symptom {
        PASSED_OVER("which is not settled", "a position ahead of its records"),
        LOST("has 0 documents", "a lost document"),
        DOUBLED("a second document", "a doubled document"),
        BOOKS("the audit", "books that differ from the audit");

        private final String violation;
        private final String text;

        Symptom(String violation, String text) {
            this.violation = violation;
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    record Planted(String name, Supplier<Plant> plant, Symptom symptom) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Planted> plants() {
        return List.of(
                new Planted(
                        "the position saved before the settlement",
                        Plants.PositionBeforeSettle::new,
                        Symptom.PASSED_OVER),
                new Planted("`>=` turned to `>` in the time filter", Plants.StrictTimeFilter::new, Symptom.LOST),
                new Planted("the overlap dropped", Plants.NoOverlap::new, Symptom.LOST),
                new Planted(
                        "the current time as watermark after an empty page", Plants.NowAsWatermark::new, Symptom.LOST),
                new Planted("a write without an answer sent again at once", Plants.BlindRetry::new, Symptom.DOUBLED),
                new Planted("a look-up before the settle time", Plants.EarlyLookUp::new, Symptom.DOUBLED),
                new Planted("a write under a stale epoch accepted", Plants.StaleEpochAccepted::new, Symptom.DOUBLED),
                new Planted("books that ignore batches rolled back", Plants.RollbackIgnored::new, Symptom.BOOKS));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void findsThePlantedFault(Planted planted) {
        int seed = 0;
        while (seed < SEEDS && !shows(planted, seed)) {
            seed++;
        }

        System.out.printf("%s: seed %d shows %s%n", planted.name(), seed, planted.symptom());
        assertThat(seed).as("seeds until it shows").isLessThan(SEEDS);
        TABLE.add(planted, planted.symptom(), SEEDS);
    }

    @AfterAll
    static void isWhatTheDocumentSays() throws IOException {
        TABLE.check();
    }

    private static boolean shows(Planted planted, int seed) {
        List<String> violations = Simulation.run(seed, planted.plant().get()).violations();
        return violations.stream().anyMatch(violation -> violation.contains(planted.symptom().violation))
                && violations.stream().noneMatch(violation -> violation.contains("fails without a fault"));
    }
}
