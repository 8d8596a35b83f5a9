package io.mlconnector.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.seeds=100000} runs more seeds; {@code -Dsimulation.seed=123} replays one and prints its trace.
 */
class SimulationTest {

    private static final int DOCUMENTED_SEEDS = 2_000;
    private static final long SEEDS = Long.getLong("simulation.seeds", DOCUMENTED_SEEDS);

    @Test
    void keepsEveryPromiseUnderEveryFault() throws IOException {
        Long single = Long.getLong("simulation.seed");
        if (single != null) {
            Trace trace = Simulation.run(single, Plant.NONE);
            trace.lines().forEach(System.out::println);
            assertThat(trace.violations()).as("seed %s", single).isEmpty();
            return;
        }
        var findings = new Findings();
        LongStream.range(0, SEEDS).parallel().forEach(seed -> findings.add(seed, Simulation.run(seed, Plant.NONE)));

        assertThat(findings.failures()).isEmpty();
        if (SEEDS == DOCUMENTED_SEEDS) {
            findings.checkDocument();
        }
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
