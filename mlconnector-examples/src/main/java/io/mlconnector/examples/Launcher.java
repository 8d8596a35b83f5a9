package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Sleeper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs integrations from the command line.
 *
 * <pre>
 * demo [integration [chaos]]    on sandboxes, with generated companies; chaos: while calls fail and a process is killed
 * check configuration           tries the connections of a configuration file, and writes nothing
 * run configuration             runs every flow of a configuration file once
 * </pre>
 *
 * <p>Exit codes: 0 all is well, 1 something failed or does not balance, 2 the call or the configuration is wrong.
 */
public final class Launcher {

    private static final String USAGE = """
            usage: demo [integration [chaos]]    on sandboxes; integrations: %s
                   check configuration           tries the connections of a configuration file, and writes nothing
                   run configuration             runs every flow of a configuration file once""";

    private final PrintStream out;

    Launcher(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs one command and exits.
     *
     * @param arguments the command and what it works on
     */
    public static void main(String[] arguments) {
        System.exit(new Launcher(System.out).run(arguments));
    }

    int run(String... arguments) {
        List<String> words = List.of(arguments);
        try {
            if (words.size() <= 2 && words.indexOf("demo") == 0) {
                return demo(words.size() == 2 ? words.get(1) : DemoSystems.DEFAULT, false);
            }
            if (words.size() == 3 && words.indexOf("demo") == 0 && words.indexOf("chaos") == 2) {
                return demo(words.get(1), true);
            }
            if (words.size() == 2 && words.indexOf("check") == 0) {
                return check(Path.of(words.get(1)));
            }
            if (words.size() == 2 && words.indexOf("run") == 0) {
                return run(Path.of(words.get(1)));
            }
            out.println(USAGE.formatted(DemoSystems.names()));
            return 2;
        } catch (ConfigurationException e) {
            out.println(e.getMessage());
            return 2;
        } catch (MlConnectorException e) {
            out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            return 1;
        }
    }

    private int demo(String integration, boolean withChaos) {
        try (DemoSystems systems = DemoSystems.start(integration)) {
            Chaos chaos = withChaos ? unleash(systems) : null;
            Path folder = Path.of("target", "demo", integration);
            return new Demo(systems, chaos, folder, out, Sleeper.REAL).run() ? 0 : 1;
        }
    }

    private static Chaos unleash(DemoSystems systems) {
        if (systems instanceof ChaoticSystems chaotic) {
            return chaotic.unleash();
        }
        throw new ConfigurationException("the demo of " + systems.name() + " knows no chaos");
    }

    private int check(Path configuration) {
        try (Integration integration = Integration.load(configuration)) {
            boolean well = true;
            for (Map.Entry<String, List<Finding>> connection :
                    integration.engine().check().entrySet()) {
                out.println(connection.getKey());
                for (Finding finding : connection.getValue()) {
                    out.printf("  %-7s  %s: %s%n", finding.level(), finding.subject(), finding.detail());
                    well &= finding.level() != Finding.Level.FAILED;
                }
            }
            return well ? 0 : 1;
        }
    }

    private int run(Path configuration) {
        try (Integration integration =
                Integration.builder().addListener(new ProgressLine(out)).load(configuration)) {
            List<FlowReport> reports = integration.engine().runAll();
            out.print(BooksTable.of(reports));
            reports.forEach(report ->
                    report.failureReason().ifPresent(reason -> out.println(report.flow() + " stopped: " + reason)));
            return reports.stream().allMatch(report -> report.completed() && report.balanced()) ? 0 : 1;
        }
    }
}
