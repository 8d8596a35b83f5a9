package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.reconcile.Reconciliation;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Sleeper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows an integration on sandboxes: everything is synchronised, nothing happens in a second run, and after some edits
 * exactly those are sent. Checks all of it, with the figures of the target counted there.
 */
final class Demo {

    private final DemoSystems systems;
    private final @Nullable Chaos chaos;
    private final Path folder;
    private final PrintStream out;
    private final Sleeper sleeper;
    private final List<String> faults = new ArrayList<>();

    Demo(DemoSystems systems, @Nullable Chaos chaos, Path folder, PrintStream out, Sleeper sleeper) {
        this.systems = systems;
        this.chaos = chaos;
        this.folder = folder;
        this.out = out;
        this.sleeper = sleeper;
    }

    /** Returns whether everything is as it should be. */
    boolean run() {
        out.println("ml-connector demo: " + systems.name() + (chaos == null ? "" : ", with chaos"));
        var runs = new LinkedHashMap<String, List<FlowReport>>();
        var stats = new LinkedHashMap<String, ConnectionStats>();
        prepareFolder();
        Map<String, String> environment = new LinkedHashMap<>(systems.environment());
        environment.put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
        Path configuration =
                DemoConfiguration.write(folder.resolve(systems.name() + ".json"), systems.name(), settings());
        if (chaos != null) {
            killInTheMiddle(configuration, environment, chaos);
        }
        try (Integration integration = open(configuration, environment)) {
            runs.put("first", run(integration, "first"));
            if (chaos == null) {
                expectTallies(runs.get("first"));
            }
            add(integration.engine().stats(), stats);
        }
        // A new process would see the same: only the ledger's file is kept.
        try (Integration integration = open(configuration, environment)) {
            runs.put("second", run(integration, "second"));
            runs.get("second").forEach(report -> expect(report, Tally.CREATED, 0));
            runs.get("second").forEach(report -> expect(report, Tally.UPDATED, 0));

            Map<String, Integer> edited = systems.edit();
            runs.put("edit", run(integration, "edit"));
            for (FlowReport report : runs.get("edit")) {
                expect(report, Tally.UPDATED, edited.getOrDefault(report.flow(), 0));
                expect(report, Tally.CREATED, 0);
            }
            if (systems instanceof PayingSystems paying) {
                takeMoney(paying, integration, runs);
            }
            if (systems instanceof StagedSystems staged) {
                play(staged, integration, runs);
            }
            add(integration.engine().stats(), stats);
        }
        DemoSystems.TargetCount count = systems.count();
        showSamples();
        finish(runs, count, stats);
        return faults.isEmpty();
    }

    private Map<String, Map<String, String>> settings() {
        var settings = new LinkedHashMap<String, Map<String, String>>();
        if (chaos != null) {
            settings.putAll(chaos.settings());
        }
        if (systems instanceof PayingSystems paying) {
            paying.webhookSettings().forEach((connection, added) -> {
                var all = new LinkedHashMap<>(settings.getOrDefault(connection, Map.of()));
                all.putAll(added);
                settings.put(connection, all);
            });
        }
        return settings;
    }

    /** Webhooks bring most of it, polling the rest. */
    private void takeMoney(PayingSystems paying, Integration integration, Map<String, List<FlowReport>> runs) {
        SyncEngine engine = integration.engine();
        out.println();
        out.println("money comes back: " + paying.pay());
        out.println(paying.deliverBadly(engine));
        engine.processWebhooks();
        DemoSystems.TargetCount first = paying.countMoney();
        out.printf("recorded after the webhooks: %,d, still missing: %,d%n", first.documents(), first.missing());
        runs.put("polling", run(integration, "polling"));
        paying.deliverTheRest(engine);
        engine.processWebhooks();
        runs.put("late", run(integration, "late"));
        DemoSystems.TargetCount last = paying.countMoney();
        out.printf(
                "money at the ERP: %,d payments, refunds and disputes recorded, %d doubled, %d missing%n",
                last.documents(), last.duplicates(), last.missing());
        if (last.duplicates() != 0 || last.missing() != 0) {
            faults.add("money is doubled or missing at the ERP");
        }
        reconcile(engine.reconcile(paying.invoices()), paying.withoutInvoice());
    }

    private void play(StagedSystems staged, Integration integration, Map<String, List<FlowReport>> runs) {
        for (StagedSystems.Stage stage : staged.stages()) {
            out.println();
            out.println(stage.happens().apply(integration.engine()));
            runs.put(stage.name(), run(integration, stage.name()));
            faults.addAll(stage.faults().get());
        }
        for (FlowReport report : runs.getOrDefault("silent", List.of())) {
            expect(report, Tally.CREATED, 0);
            expect(report, Tally.UPDATED, 0);
        }
    }

    private void reconcile(Reconciliation reconciliation, int withoutInvoice) {
        Path page = folder.resolve("reconciliation.html");
        try {
            reconciliation.writeHtml(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String standings = reconciliation.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> "%,d %s"
                        .formatted(
                                count.getValue(),
                                count.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .collect(Collectors.joining(", "));
        out.printf(
                "reconciliation: %s; %d unmatched, %d drifted; page: %s%n",
                standings,
                reconciliation.unmatched().size(),
                reconciliation.drift().size(),
                page);
        if (reconciliation.unmatched().size() != withoutInvoice) {
            faults.add("money fits no invoice: " + reconciliation.unmatched());
        }
        if (!reconciliation.drift().isEmpty()) {
            faults.add("the systems drift apart: " + reconciliation.drift().get(0));
        }
    }

    /** Another process begins the first run. Only the ledger's file is left of it. */
    private void killInTheMiddle(Path configuration, Map<String, String> environment, Chaos cause) {
        out.println("the first run begins in a process of its own …");
        long killed = KilledRun.of(configuration, environment, folder.resolve("killed.log"), cause);
        out.printf(
                "killed process %d with SIGKILL, with %,d documents at the target; a new one goes on with its ledger%n",
                killed, systems.count().documents());
    }

    private Integration open(Path configuration, Map<String, String> environment) {
        return Integration.builder()
                .environment(environment::get)
                .sleeper(sleeper)
                .addListener(new ProgressLine(out))
                .load(configuration);
    }

    private List<FlowReport> run(Integration integration, String name) {
        List<FlowReport> reports = integration.engine().runAll();
        out.println();
        out.println("run: " + name);
        out.print(BooksTable.of(reports));
        for (FlowReport report : reports) {
            report.failureReason().ifPresent(reason -> faults.add(report.flow() + " stopped: " + reason));
            expect(report, Tally.IN_DOUBT, 0);
            if (!report.balanced()) {
                faults.add("the books of " + report.flow() + " do not balance in the " + name + " run");
            }
        }
        return reports;
    }

    private static void add(Map<String, ConnectionStats> session, Map<String, ConnectionStats> sum) {
        session.forEach((connection, stats) -> sum.merge(connection, stats, ConnectionStats::plus));
    }

    private void expectTallies(List<FlowReport> reports) {
        for (FlowReport report : reports) {
            systems.expected()
                    .getOrDefault(report.flow(), Map.of())
                    .forEach((tally, number) -> expect(report, tally, number));
        }
    }

    private void expect(FlowReport report, Tally tally, int number) {
        if (report.count(tally) != number) {
            faults.add("%s: %d %s expected, %d found".formatted(report.flow(), number, tally, report.count(tally)));
        }
    }

    private void showSamples() {
        out.println();
        for (DemoSystems.Sample sample : systems.samples()) {
            out.println(sample.title());
            for (String[] field : sample.fields()) {
                out.printf("  %-14s %-36s %s%n", (Object[]) field);
            }
        }
    }

    private void finish(
            Map<String, List<FlowReport>> runs, DemoSystems.TargetCount count, Map<String, ConnectionStats> stats) {
        if (count.duplicates() != 0) {
            faults.add(count.duplicates() + " documents are doubled");
        }
        if (count.missing() != 0) {
            faults.add(count.missing() + " documents are missing");
        }
        Map<String, Long> wentWrong = wentWrong(runs);
        Path report = folder.resolve("report.json");
        DemoReport.write(report, systems.name(), runs, count, stats, wentWrong);
        out.println();
        if (!wentWrong.isEmpty()) {
            out.println("chaos");
            wentWrong.forEach((what, number) -> out.printf("  %-40s %,6d%n", what, number));
            out.println();
        }
        out.printf(
                "target: %,d documents, %d doubled, %d missing; report: %s%n",
                count.documents(), count.duplicates(), count.missing(), report);
        faults.forEach(fault -> out.println("FAULT: " + fault));
        out.println(faults.isEmpty() ? "all books balance" : "the demo failed");
    }

    private Map<String, Long> wentWrong(Map<String, List<FlowReport>> runs) {
        var wrong = new LinkedHashMap<String, Long>();
        if (chaos != null) {
            chaos.struck().forEach((what, number) -> wrong.put(what, (long) number));
            wrong.put("processes killed", 1L);
            wrong.put("writes looked up after the kill", recovered(runs.getOrDefault("first", List.of())));
        }
        return wrong;
    }

    private static long recovered(List<FlowReport> reports) {
        return reports.stream().mapToLong(FlowReport::recovered).sum();
    }

    private void prepareFolder() {
        try {
            Files.createDirectories(folder);
            for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "report.json")) {
                Files.deleteIfExists(folder.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
