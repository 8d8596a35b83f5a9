package io.mlconnector.examples;

import io.mlconnector.engine.Tally;
import io.mlconnector.spi.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The two ends of an integration, as sandboxes with generated companies. Counts what really is there. */
interface DemoSystems extends AutoCloseable {

    /** The integration that the demo shows if none is named. */
    String DEFAULT = "ifs-stripe";

    /** The integrations that have a demo. */
    Map<String, Supplier<DemoSystems>> ALL = Map.of(
            "cloudsuite-stripe", CloudSuiteStripeSystems::new,
            "ifs-stripe", IfsStripeSystems::new,
            "stampli-ifs", StampliIfsSystems::new,
            "ifs-bill", IfsBillSystems::new,
            "syspro-stripe", SysproStripeSystems::new);

    static DemoSystems start(String integration) {
        Supplier<DemoSystems> systems = ALL.get(integration);
        if (systems == null) {
            throw new ConfigurationException("there is no integration '" + integration + "'; known: " + names());
        }
        return systems.get();
    }

    static String names() {
        return String.join(", ", ALL.keySet().stream().sorted().toList());
    }

    /** Name of the integration, and of its configuration file. */
    String name();

    /** What the configuration file takes from the environment. */
    Map<String, String> environment();

    /** Edits some records at the source, and tells per flow how many updates must follow. */
    Map<String, Integer> edit();

    /** Per flow and outcome of the first run, how many records must end so. */
    Map<String, Map<Tally, Integer>> expected();

    /** What the target holds, counted there. */
    TargetCount count();

    /** Records side by side: what the source holds, and what the target holds. */
    List<Sample> samples();

    @Override
    void close();

    /** Documents at the target: how many, how many of them are doubles, and how many records have none. */
    record TargetCount(int documents, int duplicates, int missing) {}

    /** The same record on both sides, field by field. */
    record Sample(String title, List<String[]> fields) {}
}
