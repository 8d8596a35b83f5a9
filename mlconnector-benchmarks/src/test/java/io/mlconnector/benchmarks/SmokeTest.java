package io.mlconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark runs once, so that none rots. */
class SmokeTest {

    @ParameterizedTest
    @CsvSource({"sqlite, 1", "sqlite, 100", "postgresql, 100"})
    void theLedgerAndItsFloorWriteTheSameNumberOfRecords(String store, int batch) throws Exception {
        var benchmark = new LedgerBenchmark();
        benchmark.store = store;
        benchmark.batch = batch;
        benchmark.start();
        benchmark.open();
        try {
            assertThat(benchmark.ledger()).isEqualTo(batch);
            assertThat(benchmark.bareJdbc()).isEqualTo(batch);
        } finally {
            benchmark.close();
            benchmark.stop();
        }
    }

    @Test
    void everyBenchmarkCanBeRunByJmhAndIsReported() throws RunnerException, IOException {
        var results = new Results(new Runner(new OptionsBuilder()
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .shouldFailOnError(true)
                        .addProfiler(GCProfiler.class)
                        .param("rows", "20")
                        .param("batch", "20")
                        .param("store", "sqlite")
                        .param("pages", "3")
                        .param("latencyMillis", "1")
                        .param("targetMillis", "1")
                        .build())
                .run());
        var report = new Report(results, List.of(new Profile.Share("A.b", 0.5)), new Backlog.Pace(10, 20, 1000));
        String text = report.text("benchmarks");

        for (Group group : Group.ALL) {
            var names = new ArrayList<String>();
            results.of(group.type()).forEach(measured -> names.add(measured.name()));

            assertThat(names).as(group.type()).contains(group.floor()).containsAll(group.own());
            assertThat(group.labels().keySet()).as(group.type()).containsAll(names);
            assertThat(names).as(group.type()).containsAll(group.labels().keySet());
            assertThat(text).contains("## " + group.title(), "(benchmarks/" + group.picture() + ")");
            assertThat(report.pictures().get(group.picture()))
                    .startsWith("<svg ")
                    .contains("ml-connector");
        }
        assertThat(text)
                .contains("| `A.b` | 50.0 % |", "| 10.0 and 20.0 µs: 2.00 | **no** |")
                .contains("MapStruct 1.", "Olingo 5.")
                .doesNotContain("NaN", "${");
    }
}
