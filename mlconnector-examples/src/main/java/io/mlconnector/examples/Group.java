package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that only has others under it. */
abstract class Group implements Runnable {

    @ParentCommand
    private @Nullable Launcher parent;

    @Spec
    private @Nullable CommandSpec spec;

    Launcher launcher() {
        return requireNonNull(parent, "parent");
    }

    @Override
    public void run() {
        CommandLine command = requireNonNull(spec, "spec").commandLine();
        throw new ParameterException(
                command,
                command.getCommandName() + " needs one of: "
                        + String.join(", ", command.getSubcommands().keySet()));
    }
}
