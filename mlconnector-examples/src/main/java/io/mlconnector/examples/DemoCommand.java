package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Sleeper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "demo", description = "Shows an integration on sandboxes, with generated companies.")
final class DemoCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = DemoSystems.DEFAULT,
            description = "The integration, or all.")
    private String integration = DemoSystems.DEFAULT;

    @Parameters(index = "1", arity = "0..1", description = "chaos: while calls fail and a process is killed.")
    private @Nullable String how;

    @ParentCommand
    private @Nullable Launcher parent;

    @Override
    public Integer call() {
        if (how != null && !how.equals("chaos")) {
            throw new ConfigurationException("a demo runs as it is or with chaos, and not with " + how);
        }
        List<String> integrations = integration.equals("all")
                ? DemoSystems.ALL.keySet().stream().sorted().toList()
                : List.of(integration);
        boolean well = true;
        for (String name : integrations) {
            well &= show(name);
        }
        return well ? 0 : 1;
    }

    private boolean show(String name) {
        try (DemoSystems systems = DemoSystems.start(name)) {
            Chaos chaos = how == null ? null : unleash(systems);
            Path folder = Path.of("target", "demo", name);
            return new Demo(
                            systems,
                            chaos,
                            folder,
                            requireNonNull(parent, "parent").out(),
                            Sleeper.REAL)
                    .run();
        }
    }

    private static Chaos unleash(DemoSystems systems) {
        if (systems instanceof ChaoticSystems chaotic) {
            return chaotic.unleash();
        }
        throw new ConfigurationException("the demo of " + systems.name() + " knows no chaos");
    }
}
