package io.mlconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and writes what they found. Arguments: the file, beside which a folder of its name takes the pictures; then
 * patterns of the benchmarks to run, none for all.
 */
final class Benchmarks {

    private static final int BACKLOG = 1_000_000;
    private static final int WARM_UPS = 6;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(700);
    private static final int MEASUREMENTS = 10;
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(250);

    /** Those that take seconds and say themselves how often they run; options would overrule them. */
    private static final String SINGLE_SHOTS = "PagePumpBenchmark";

    private static final String ALL_BUT_SINGLE_SHOTS = "^(?!.*" + SINGLE_SHOTS + ").*";

    /** How the figures were made, in words. */
    static final String METHOD =
            "one fork, %d warm-ups of %s and %d measurements of %s each, 1 GB for the parallel collector"
                    .formatted(WARM_UPS, WARM_UP, MEASUREMENTS, MEASUREMENT);

    private Benchmarks() {}

    /** Runs from the command line. */
    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("the first argument is the file to write, such as docs/benchmarks.md");
        }
        List<String> patterns = Arrays.asList(arguments).subList(1, arguments.length);
        var measured = new ArrayList<RunResult>();
        measured.addAll(run(options(patterns)
                .exclude(SINGLE_SHOTS)
                .warmupIterations(WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(MEASUREMENTS)
                .measurementTime(MEASUREMENT)));
        measured.addAll(run(options(patterns).exclude(ALL_BUT_SINGLE_SHOTS)));
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("no benchmark has a name like " + patterns);
        }
        var results = new Results(measured);
        Report report = patterns.isEmpty()
                ? new Report(results, Profile.ofWholePath(InvoicePage.ROWS, 60, 150), Backlog.run(BACKLOG))
                : new Report(results, List.of(), null);
        write(Path.of(arguments[0]), report);
    }

    private static ChainedOptionsBuilder options(List<String> patterns) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
        patterns.forEach(options::include);
        return options;
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        try {
            return new Runner(options.build()).run();
        } catch (NoBenchmarksException e) {
            return List.of(); // the patterns name none of this kind; that they name none at all is said by main
        }
    }

    private static void write(Path document, Report report) throws IOException {
        String name = String.valueOf(document.getFileName()).replaceFirst("\\.md$", "");
        Path pictures = Files.createDirectories(document.resolveSibling(name));
        Files.writeString(document, report.text(name));
        for (Map.Entry<String, String> picture : report.pictures().entrySet()) {
            Files.writeString(pictures.resolve(picture.getKey()), picture.getValue());
        }
    }
}
