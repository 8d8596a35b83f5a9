package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.Operations;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.model.RecordKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A command that works on a configuration file. Returns 0 if all is well, 1 if something failed. */
abstract class OnConfiguration implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "CONFIGURATION", description = "The configuration file.")
    private @Nullable Path configuration;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @ParentCommand
    private @Nullable Object parent;

    abstract int on(Integration integration);

    @Override
    public Integer call() {
        try (Integration integration = open()) {
            return on(integration);
        }
    }

    Integration open() {
        return launcher().integrations().load(configuration());
    }

    /** Opens an integration that shows how far its runs are, unless a machine reads what is printed, and tells the others. */
    final Integration openWithProgress(SyncListener... others) {
        var line = new ProgressLine(out());
        Integration.Builder builder = launcher().integrations();
        if (!json) {
            builder.addListener(line);
        }
        List.of(others).forEach(builder::addListener);
        Integration integration = builder.load(configuration());
        line.ask(integration.engine());
        return integration;
    }

    Path configuration() {
        return requireNonNull(configuration, "configuration");
    }

    Launcher launcher() {
        Object above = requireNonNull(parent, "parent");
        return above instanceof Group group ? group.launcher() : (Launcher) above;
    }

    PrintStream out() {
        return launcher().out();
    }

    boolean json() {
        return json;
    }

    void print(Table table) {
        table.print(out(), json);
    }

    /** The record of that id at the source of a flow. */
    static RecordKey key(Operations operations, String flow, String id) {
        return operations.status().stream()
                .filter(status -> status.flow().equals(flow))
                .map(status -> status.source().key(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no flow '" + flow + "'; known: "
                        + operations.status().stream()
                                .map(status -> status.flow())
                                .toList()));
    }
}
