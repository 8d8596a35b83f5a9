package io.mlconnector.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.seeds=100000} runs more seeds; {@code -Dsimulation.seed=123} replays one and prints its trace.
 */
class SimulationTest {

    private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

    @Test
    void keepsEveryPromiseUnderEveryFault() {
        Long single = Long.getLong("simulation.seed");
        if (single != null) {
            Trace trace = Simulation.run(single, Plant.NONE);
            trace.lines().forEach(System.out::println);
            assertThat(trace.violations()).as("seed %s", single).isEmpty();
            return;
        }
        List<String> failures = new ArrayList<>();
        LongStream.range(0, SEEDS).parallel().forEach(seed -> {
            List<String> violations = Simulation.run(seed, Plant.NONE).violations();
            if (!violations.isEmpty()) {
                synchronized (failures) {
                    failures.add("-Dsimulation.seed=" + seed + ": " + violations.get(0));
                }
            }
        });

        assertThat(failures).isEmpty();
    }

    @Test
    void replaysASeedToTheSameTrace() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(Simulation.run(seed, Plant.NONE).lines())
                    .as("seed %s", seed)
                    .isEqualTo(Simulation.run(seed, Plant.NONE).lines());
        }
    }
}
