package io.mlconnector.engine.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What many seeds have shown, by the faults that they met. Safe for threads. */
final class Findings {

    private record Count(int seeds, int doubled, int lost) {

        static final Count NOTHING = new Count(0, 0, 0);

        Count plus(Count other) {
            return new Count(seeds + other.seeds, doubled + other.doubled, lost + other.lost);
        }
    }

    private final Map<Fault, Count> counts = new EnumMap<>(Fault.class);
    private final List<String> failures = new ArrayList<>();

    synchronized void add(long seed, Trace trace) {
        var count = new Count(1, trace.doubled(), trace.lost());
        trace.met().forEach(fault -> counts.merge(fault, count, Count::plus));
        if (!trace.violations().isEmpty()) {
            failures.add("-Dsimulation.seed=" + seed + ": " + trace.violations().get(0));
        }
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized void checkDocument() throws IOException {
        var table = new DocumentedTable("simulated faults", "fault", "seeds that met it, at least", "doubled", "lost");
        for (Fault fault : Fault.values()) {
            Count count = counts.getOrDefault(fault, Count.NOTHING);
            table.add(fault, table.atLeast(count.seeds(), fault), count.doubled(), count.lost());
        }
        table.check();
    }
}
