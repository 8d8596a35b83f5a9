package io.mlconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark runs once, so that none rots. */
class SmokeTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void theLedgerAndItsFloorWriteTheSameNumberOfRecords(int batch) throws Exception {
        var benchmark = new LedgerBenchmark();
        benchmark.batch = batch;
        benchmark.open();
        try {
            assertThat(benchmark.ledger()).isEqualTo(batch);
            assertThat(benchmark.bareJdbc()).isEqualTo(batch);
            assertThat(benchmark.bareJdbcControl()).isEqualTo(batch);
        } finally {
            benchmark.close();
        }
    }

    @Test
    void everyBenchmarkCanBeRunByJmhAndShownInATable() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(50))
                        .param("batch", "100")
                        .build())
                .run();

        assertThat(results).extracting(RunResult::getPrimaryResult).isNotEmpty().doesNotContainNull();
        assertThat(BenchmarkTable.of(results)).contains("| bareJdbc |", "| 1.00 |");
    }
}
