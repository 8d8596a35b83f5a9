package io.mlconnector.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What JMH has measured, to be asked for by name. */
final class Results {

    /**
     * What a benchmark took.
     *
     * @param type simple name of its class
     * @param name its method
     * @param variant the parameter that its class is run with more than once; empty if there is none
     * @param score time a call
     * @param error half of the interval that holds the score with 99.9 %
     * @param unit of both
     * @param records how many a call handles
     * @param allocated bytes a call; NaN if they were not counted
     */
    record Measured(
            String type,
            String name,
            String variant,
            double score,
            double error,
            String unit,
            int records,
            double allocated) {

        double allocatedPerRecord() {
            return allocated / records;
        }

        Ratio to(Measured other) {
            double ratio = score / other.score;
            return new Ratio(ratio, ratio * Math.hypot(error / score, other.error / other.score));
        }
    }

    /** How two scores relate, with the error that theirs make. */
    record Ratio(double value, double error) {}

    private final List<Measured> all = new ArrayList<>();

    Results(Collection<RunResult> results) {
        results.forEach(result -> all.add(measured(result)));
    }

    List<Measured> of(String type) {
        return all.stream().filter(measured -> measured.type.equals(type)).toList();
    }

    Optional<Measured> find(String type, String name) {
        return find(type, name, "");
    }

    Optional<Measured> find(String type, String name, String variant) {
        return of(type).stream()
                .filter(measured -> measured.name.equals(name) && measured.variant.equals(variant))
                .findFirst();
    }

    private static Measured measured(RunResult run) {
        BenchmarkParams parameters = run.getParams();
        String[] path = parameters.getBenchmark().split("\\.", -1);
        Result<?> result = run.getPrimaryResult();
        @Nullable Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
        return new Measured(
                path[path.length - 2],
                path[path.length - 1],
                parameter(parameters, "store")
                        .or(() -> parameter(parameters, "changedPercent").map(percent -> percent + " % changed"))
                        .or(() -> parameter(parameters, "lines")
                                .map(lines -> lines + (lines.equals("1") ? " line" : " lines") + " an invoice"))
                        .orElse(""),
                result.getScore(),
                Double.isNaN(result.getScoreError()) ? 0 : result.getScoreError(),
                result.getScoreUnit().replace("/op", ""),
                number(parameters, "rows") * number(parameters, "batch") * number(parameters, "pages"),
                allocated == null ? Double.NaN : allocated.getScore());
    }

    private static int number(BenchmarkParams parameters, String name) {
        return parameter(parameters, name).map(Integer::parseInt).orElse(1);
    }

    private static Optional<String> parameter(BenchmarkParams parameters, String name) {
        return parameters.getParamsKeys().contains(name)
                ? Optional.of(Objects.requireNonNull(parameters.getParam(name)))
                : Optional.empty();
    }
}
