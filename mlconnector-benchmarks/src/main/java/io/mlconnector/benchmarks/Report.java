package io.mlconnector.benchmarks;

import io.mlconnector.benchmarks.Results.Measured;
import io.mlconnector.benchmarks.Results.Ratio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured, as a page in Markdown and pictures. */
final class Report {

    private final Results results;
    private final List<Profile.Share> profile;
    private final List<Target> targets;

    /** Without a pace, the backlog was not measured; with an empty profile, that was not. */
    Report(Results results, List<Profile.Share> profile, Backlog.@Nullable Pace pace) {
        this.results = results;
        this.profile = profile;
        this.targets = Target.of(results, pace);
    }

    /**
     * Returns the page.
     *
     * @param folder where the pictures are, seen from the page
     */
    String text(String folder) throws IOException {
        var text = new StringBuilder("# Benchmarks\n\n");
        text.append(
                "Written by `./mvnw -q -Pbenchmarks`, which measures everything below in one run. Ratios within one table"
                        + " count; times are those of one machine.\n\n");
        text.append("- ").append(machine()).append('\n');
        text.append("- JMH 1.37: ")
                .append(Benchmarks.METHOD)
                .append(". The error is half of the interval that holds the"
                        + " mean with 99.9 %; that of a ratio follows from both.\n");
        text.append("- ").append(versions()).append('\n');
        text.append(
                "- The page has 5,000 rows as IFS Cloud writes invoices, about 30 fields and two nested lines each, 5 MB;"
                        + " 15 fields and 6 of each line are mapped. A test holds that all ways end in equal records and forms.\n");
        targets(text);
        profile(text);
        Group.ALL.forEach(group -> group(text, group, folder));
        return text.toString();
    }

    private void targets(StringBuilder text) {
        if (targets.isEmpty()) {
            return;
        }
        text.append("\n## Targets\n\n| aim | found | reached |\n| --- | --- | --- |\n");
        targets.forEach(target -> text.append(
                "| %s | %s | %s |%n".formatted(target.wanted(), target.found(), target.reached() ? "yes" : "**no**")));
        text.append(
                "\nWhat no clock can tell, tests hold by counting: `HotPathAllocationTest` the memory of a record and of a plan,"
                        + " `PageAheadTest` the requests and the overlap of the page pump, `BacklogTest` the heap, `PlannerTest` the one"
                        + " query of a plan.\n");
        Map<String, List<String>> missed = targets.stream()
                .filter(target -> !target.reached())
                .collect(Collectors.groupingBy(
                        Target::reason, TreeMap::new, Collectors.mapping(Target::wanted, Collectors.toList())));
        missed.forEach((reason, wanted) -> text.append("\nNot reached: ")
                .append(String.join("; ", wanted))
                .append(". The reason: ")
                .append(reason)
                .append(".\n"));
    }

    private void profile(StringBuilder text) {
        if (profile.isEmpty()) {
            return;
        }
        text.append(
                "\n## Where the library spends its time\n\nSamples of the whole path by Flight Recorder, by the method on top"
                        + " of the stack.\n\n| method | share |\n| --- | ---: |\n");
        profile.forEach(share -> text.append(
                "| `%s` | %s %% |%n".formatted(share.name(), String.format(Locale.ROOT, "%.1f", 100 * share.share()))));
    }

    private void group(StringBuilder text, Group group, String folder) {
        List<Measured> rows = rows(group);
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n## ")
                .append(group.title())
                .append("\n\n")
                .append(group.text())
                .append("\n\n");
        text.append("![")
                .append(group.title())
                .append("](")
                .append(folder)
                .append('/')
                .append(group.picture())
                .append(")\n");
        Map<String, List<Measured>> variants = rows.stream()
                .collect(Collectors.groupingBy(Measured::variant, LinkedHashMap::new, Collectors.toList()));
        variants.forEach((variant, measured) -> table(text, group, variant, measured));
    }

    private void table(StringBuilder text, Group group, String variant, List<Measured> rows) {
        text.append(variant.isEmpty() ? "" : "\n" + variant + ":\n");
        text.append("\n| | ").append(rows.get(0).unit()).append(" | ratio | bytes a record |\n");
        text.append("| --- | ---: | ---: | ---: |\n");
        Optional<Measured> floor = results.find(group.type(), group.floor(), variant);
        for (Measured row : rows) {
            String label = group.label(row.name());
            text.append("| ")
                    .append(group.own().contains(row.name()) ? "**" + label + "**" : label)
                    .append(" | ")
                    .append(number(row.score()))
                    .append(row.error() == 0 ? "" : " ± " + number(row.error()))
                    .append(" | ")
                    .append(floor.map(row::to).map(Report::ratio).orElse(""))
                    .append(" | ")
                    .append(bytes(row))
                    .append(" |\n");
        }
    }

    private static String bytes(Measured row) {
        return Double.isNaN(row.allocated()) ? "" : String.format(Locale.ROOT, "%,.0f", row.allocatedPerRecord());
    }

    private static String ratio(Ratio ratio) {
        return number(ratio.value()) + (ratio.error() == 0 ? "" : " ± " + number(ratio.error()));
    }

    /** The fastest first. */
    private List<Measured> rows(Group group) {
        return results.of(group.type()).stream()
                .sorted(Comparator.comparing(Measured::variant, Report::compareVariants)
                        .thenComparing(Measured::score))
                .toList();
    }

    private static int compareVariants(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }

    /** Returns the pictures by their file names. */
    Map<String, String> pictures() {
        var pictures = new LinkedHashMap<String, String>();
        for (Group group : Group.ALL) {
            List<Measured> rows = rows(group);
            if (!rows.isEmpty()) {
                var chart = new BarChart(group.title(), rows.get(0).unit());
                rows.forEach(row -> chart.add(
                        group.label(row.name()) + (row.variant().isEmpty() ? "" : ", " + row.variant()),
                        row.score(),
                        row.error(),
                        group.own().contains(row.name())));
                pictures.put(group.picture(), chart.svg());
            }
        }
        return pictures;
    }

    /** Returns three digits that count, or all in front of the point. */
    static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String machine() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        return "%s, %d processors, %s %s, JDK %s (%s)"
                .formatted(
                        processor(),
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        System.getProperty("java.vm.name"));
    }

    private static String processor() throws IOException {
        Path description = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(description)) {
            return "an unnamed processor";
        }
        return Files.readAllLines(description).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("an unnamed processor");
    }

    /** The versions that the build was run with. */
    private static String versions() {
        return Versions.ALL.entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", "));
    }
}
