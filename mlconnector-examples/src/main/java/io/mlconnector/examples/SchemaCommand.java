package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.config.Integration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "schema",
        description = "Prints the JSON Schema of configurations, for an editor that completes and checks them.")
final class SchemaCommand implements Runnable {

    @ParentCommand
    private @Nullable Launcher launcher;

    @Override
    public void run() {
        requireNonNull(launcher, "launcher").out().print(Integration.schema());
    }
}
