package io.mlconnector.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.ConnectionStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a demo did as JSON. The target's figures were counted at the target. */
final class DemoReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DemoReport() {}

    static void write(
            Path file,
            String integration,
            Map<String, List<FlowReport>> runs,
            DemoSystems.TargetCount count,
            Map<String, ConnectionStats> stats,
            Map<String, Long> chaos) {
        var report = new LinkedHashMap<String, Object>();
        report.put("integration", integration);
        report.put(
                "runs",
                runs.entrySet().stream()
                        .map(run -> ordered(
                                "name",
                                run.getKey(),
                                "flows",
                                run.getValue().stream().map(DemoReport::books).toList()))
                        .toList());
        report.put(
                "target",
                ordered(
                        "documents", count.documents(),
                        "duplicates", count.duplicates(),
                        "missing", count.missing()));
        report.put(
                "connections",
                stats.entrySet().stream()
                        .map(connection -> ordered(
                                "connection", connection.getKey(),
                                "requests", connection.getValue().requests(),
                                "throttled", connection.getValue().throttled()))
                        .toList());
        if (!chaos.isEmpty()) {
            report.put("chaos", chaos);
        }
        try {
            JSON.writeValue(file.toFile(), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> books(FlowReport report) {
        return ordered(
                "flow", report.flow(),
                "read", report.readCount(),
                "created", report.count(Tally.CREATED),
                "updated", report.count(Tally.UPDATED),
                "removed", report.count(Tally.REMOVED),
                "unchanged", report.count(Tally.UNCHANGED),
                "echoed", report.count(Tally.ECHOED),
                "parked", report.count(Tally.PARKED),
                "dead", report.count(Tally.DEAD),
                "inDoubt", report.count(Tally.IN_DOUBT),
                "balanced", report.balanced());
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
