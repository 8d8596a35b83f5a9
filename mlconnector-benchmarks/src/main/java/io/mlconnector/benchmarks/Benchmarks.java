package io.mlconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and writes what they found. Arguments: the file, then patterns of those to run; none for all. */
final class Benchmarks {

    private Benchmarks() {}

    /** Runs from the command line. */
    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("the first argument is the file to write, such as docs/benchmarks.md");
        }
        List<String> patterns = Arrays.asList(arguments).subList(1, arguments.length);
        var options = new OptionsBuilder()
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Xmx1g");
        patterns.forEach(options::include);
        Collection<RunResult> results = new Runner(options.build()).run();
        Files.writeString(Path.of(arguments[0]), BenchmarkTable.of(results));
    }
}
