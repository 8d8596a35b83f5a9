package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.AppliedPlan;
import io.mlconnector.engine.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "apply", description = "Writes what a saved plan says, and leaves out what has changed since.")
final class ApplyCommand extends OnConfiguration {

    @Parameters(index = "1", paramLabel = "FILE", description = "The plan.")
    private Path file = Path.of("");

    @Override
    int on(Integration integration) {
        Plan plan;
        try {
            plan = Plan.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the plan " + file + ": " + e.getMessage(), e);
        }
        AppliedPlan applied = integration.engine().apply(plan);
        int code = BooksOutput.print(List.of(applied.report()), this);
        applied.leftOut().forEach(key -> out().println("left out, because it has changed since: " + key));
        return code;
    }
}
