package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.schedule.ScheduleStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description =
                "Keeps flows from running by their schedules until they are resumed, also in a process that watches.")
final class PauseCommand extends OnConfiguration {

    @Parameters(index = "1", arity = "0..1", description = "The flow; all of them if none is named.")
    private @Nullable String flow;

    @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
    private String person = "";

    @Override
    int on(Integration integration) {
        for (String name : chosen(integration, flow)) {
            integration.scheduler().pause(name, person);
            out().println(name + " is paused");
        }
        return 0;
    }

    /** The flow, or all that have a schedule. */
    static List<String> chosen(Integration integration, @Nullable String flow) {
        return flow != null
                ? List.of(flow)
                : integration.scheduler().status().stream()
                        .map(ScheduleStatus::flow)
                        .toList();
    }
}
