package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Has paused flows run by their schedules again.")
final class ResumeCommand extends OnConfiguration {

    @Parameters(index = "1", arity = "0..1", description = "The flow; all of them if none is named.")
    private @Nullable String flow;

    @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
    private String person = "";

    @Override
    int on(Integration integration) {
        for (String name : PauseCommand.chosen(integration, flow)) {
            integration.scheduler().resume(name, person);
            out().println(name + " is resumed");
        }
        return 0;
    }
}
