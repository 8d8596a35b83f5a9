package io.mlconnector.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Renders results as a page: a table per class and parameters, with the ratio to the floor that the class names. */
final class BenchmarkTable {

    /** Class to the benchmark that the others are compared with. */
    private static final Map<String, String> FLOORS = Map.of("LedgerBenchmark", "bareJdbc");

    private BenchmarkTable() {}

    static String of(Collection<RunResult> results) {
        var text = new StringBuilder(
                        "# Benchmarks\n\nWritten by `./mvnw -q -Pbenchmarks`. Only ratios within one table count. ")
                .append(machine())
                .append("\n");
        Map<String, List<RunResult>> tables = results.stream()
                .collect(Collectors.groupingBy(BenchmarkTable::table, TreeMap::new, Collectors.toList()));
        tables.forEach((title, rows) -> {
            text.append("\n## ").append(title).append("\n\n");
            text.append("| benchmark | score | error | unit | ratio to the floor | bytes allocated per call |\n");
            text.append("| --- | --- | --- | --- | --- | --- |\n");
            double floor = floor(rows);
            rows.forEach(row -> text.append(row(row, floor)));
        });
        return text.toString();
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "%s %s, %d processors, JDK %s, JMH 1.37, %s."
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        runtime.availableProcessors(),
                        Runtime.version(),
                        "one fork, 3 warm-ups and 5 measurements of 2 seconds");
    }

    private static String table(RunResult result) {
        BenchmarkParams parameters = result.getParams();
        var values = new LinkedHashMap<String, String>();
        parameters.getParamsKeys().forEach(key -> values.put(key, parameters.getParam(key)));
        return type(result) + (values.isEmpty() ? "" : " " + values);
    }

    private static String type(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("\\.", -1);
        return parts[parts.length - 2];
    }

    private static String name(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("\\.", -1);
        return parts[parts.length - 1];
    }

    private static double floor(List<RunResult> rows) {
        return rows.stream()
                .filter(row -> name(row).equals(FLOORS.get(type(row))))
                .mapToDouble(row -> row.getPrimaryResult().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String row(RunResult row, double floor) {
        Result<?> result = row.getPrimaryResult();
        @Nullable Result<?> allocated = row.getSecondaryResults().get("gc.alloc.rate.norm");
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %s | %s | %s |%n",
                name(row),
                result.getScore(),
                result.getScoreError(),
                result.getScoreUnit(),
                Double.isNaN(floor) ? "" : String.format(Locale.ROOT, "%.2f", result.getScore() / floor),
                allocated == null ? "" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()));
    }
}
