package io.mlconnector.benchmarks;

import io.mlconnector.benchmarks.Results.Measured;
import io.mlconnector.benchmarks.Results.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was aimed at, and what was found.
 *
 * @param wanted in words
 * @param found in words
 * @param reached whether the aim is reached
 * @param reason why it is not reached, to be shown if it is not
 */
record Target(String wanted, String found, boolean reached, String reason) {

    private static final String WHOLE = "WholePathBenchmark";
    private static final int MOST_BYTES = 2500;
    private static final double PACE = 0.2;

    /** Returns those that can be told from the results. */
    static List<Target> of(Results results, Backlog.@Nullable Pace pace) {
        var targets = new ArrayList<Target>();
        Optional<Measured> rules = results.find(WHOLE, "rules");
        String work = shares(results);
        atMost(results, WHOLE, "rules", "handStreaming", 1.3, "the whole path, of Jackson streaming by hand", work)
                .ifPresent(targets::add);
        atLeast(results, "pojo", 3, "idiomatic POJO", work).ifPresent(targets::add);
        atLeast(results, "jslt", 5, "JSLT", work).ifPresent(targets::add);
        atLeast(results, "olingo", 12, "the Olingo client", work).ifPresent(targets::add);
        rules.map(measured -> new Target(
                        "at most 2.5 kB allocated for a record on the whole path",
                        format("%.0f bytes", measured.allocatedPerRecord()),
                        measured.allocatedPerRecord() <= MOST_BYTES,
                        "the tables below tell how much each step allocates"))
                .ifPresent(targets::add);
        atMost(results, "MapBenchmark", "rules", "byHand", 1.5, "mapping, of mapping by hand", work)
                .ifPresent(targets::add);
        atMost(results, "DecodeBenchmark", "rules", "tokenSkip", 1.8, "decoding, of Jackson's parser alone", work)
                .ifPresent(targets::add);
        csv(results).ifPresent(targets::add);
        if (pace != null) {
            targets.add(new Target(format("%,d rows through a heap of 64 MB", pace.rows()), "passed", true, ""));
            targets.add(new Target(
                    format("the same time for a row at 10,000 and at %,d rows, within 20 %%", pace.rows()),
                    format("%.1f and %.1f µs: %.2f", pace.few(), pace.many(), pace.ratio()),
                    Math.abs(pace.ratio() - 1) <= PACE,
                    "what grows with the number of rows is the ledger's B-trees: more pages of its file are read and written"
                            + " for each row once it no longer fits the caches"));
        }
        pump(results).ifPresent(targets::add);
        planner(results).ifPresent(targets::add);
        return targets;
    }

    private static Optional<Target> atMost(
            Results results, String type, String own, String other, double limit, String what, String reason) {
        return results.find(type, own)
                .flatMap(mine -> results.find(type, other).map(theirs -> {
                    Ratio ratio = mine.to(theirs);
                    return new Target(
                            format("%s: at most %.1f times", what, limit), text(ratio), ratio.value() <= limit, reason);
                }));
    }

    private static Optional<Target> atLeast(Results results, String other, double limit, String what, String reason) {
        return results.find(WHOLE, other)
                .flatMap(theirs -> results.find(WHOLE, "rules").map(mine -> {
                    Ratio ratio = theirs.to(mine);
                    return new Target(
                            format("the whole path, faster than %s: at least %.0f times", what, limit),
                            text(ratio),
                            ratio.value() >= limit,
                            reason);
                }));
    }

    private static Optional<Target> csv(Results results) {
        String type = "CsvBenchmark";
        String variant = "5 lines an invoice";
        return results.find(type, "bills", variant)
                .flatMap(bills -> results.find(type, "fastCsv", variant).map(parser -> {
                    Ratio ratio = bills.to(parser);
                    return new Target(
                            "parsing and mapping CSV with 5 lines an invoice, of FastCSV alone: at most 2 times",
                            text(ratio),
                            ratio.value() <= 2,
                            "the parser alone makes texts, and mapping makes checked bills of them");
                }));
    }

    private static Optional<Target> pump(Results results) {
        String type = "PagePumpBenchmark";
        return results.find(type, "pump")
                .flatMap(pump -> results.find(type, "fetching")
                        .flatMap(fetching -> results.find(type, "working").map(working -> {
                            double ratio = pump.score() / Math.max(fetching.score(), working.score());
                            return new Target(
                                    "the page pump, of the larger of fetching and working: at most 1.1 times",
                                    format("%.2f", ratio),
                                    ratio <= 1.1,
                                    "the client, the server and the work share the processors of one machine");
                        })));
    }

    private static Optional<Target> planner(Results results) {
        String type = "PlannerBenchmark";
        String variant = "1 % changed";
        return results.find(type, "plan", variant)
                .flatMap(plan -> results.find(type, "lookUpAndHash", variant).map(floor -> {
                    double extra = plan.allocated() - floor.allocated();
                    double changes = plan.records() / 100.0;
                    double most = changes * MOST_BYTES + 2 * Long.BYTES * plan.records();
                    return new Target(
                            "the planner over a page with 1 % changes: nothing allocated beyond the links and the changes found",
                            format(
                                    "%,.0f bytes a page beyond the links: %.0f for each change found",
                                    extra, extra / changes),
                            extra <= most,
                            "more is allocated than two lists of the page and a plan for each change");
                }));
    }

    /** Which part of the whole path is what, so that it shows what could be saved at all. */
    private static String shares(Results results) {
        Optional<Measured> whole = results.find(WHOLE, "rules");
        Optional<Measured> skip = results.find("DecodeBenchmark", "tokenSkip");
        Optional<Measured> decode = results.find("DecodeBenchmark", "rules");
        Optional<Measured> map = results.find("MapBenchmark", "rules");
        Optional<Measured> fingerprint = results.find("FingerprintBenchmark", "ofRecord");
        Optional<Measured> encode = results.find("EncodeBenchmark", "formByRules");
        if (whole.isEmpty()
                || skip.isEmpty()
                || decode.isEmpty()
                || map.isEmpty()
                || fingerprint.isEmpty()
                || encode.isEmpty()) {
            return "the steps were not all measured in this run";
        }
        double all = whole.get().score();
        return format(
                "of the library's %.1f ms a page, Jackson's parser alone takes %.1f, keeping the mapped fields %.1f more, mapping"
                        + " %.1f, fingerprints %.1f and forms %.1f, each measured by itself; the parser and SHA-256 are paid by"
                        + " every way",
                all,
                skip.get().score(),
                decode.get().score() - skip.get().score(),
                map.get().score(),
                fingerprint.get().score(),
                encode.get().score());
    }

    private static String text(Ratio ratio) {
        return format("%.2f ± %.2f", ratio.value(), ratio.error());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
