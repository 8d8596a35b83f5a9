package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.Plan;
import io.mlconnector.engine.PlannedChange;
import io.mlconnector.spi.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Tells what a run of a flow would write, and writes nothing.")
final class PlanCommand extends OnConfiguration {

    @Parameters(index = "1", description = "The flow.")
    private String flow = "";

    @Option(names = "--save", paramLabel = "FILE", description = "Also save the plan, for apply.")
    private @Nullable Path file;

    @Override
    int on(Integration integration) {
        Plan plan = integration.engine().plan(flow);
        var table = new Table("record", "action", "fields");
        for (PlannedChange change : plan.changes()) {
            table.add(change.source(), change.action(), String.join(" ", change.changedFields()));
        }
        for (Malformed malformed : plan.malformed()) {
            table.add(malformed.key(), "MALFORMED", String.join("; ", malformed.faults()));
        }
        print(table);
        if (!json()) {
            out().printf(
                            "%d read, %d to write in %d calls, %d held%n",
                            plan.read(), plan.changes().size(), plan.calls(), plan.held());
        }
        if (file != null) {
            try {
                Files.writeString(file, plan.toJson());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
        return 0;
    }
}
