package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Runs every flow once, or one of them.")
final class RunCommand extends OnConfiguration {

    @Parameters(index = "1", arity = "0..1", description = "The flow; all of them if none is named.")
    private @Nullable String flow;

    @Override
    Integration open() {
        return openWithProgress();
    }

    @Override
    int on(Integration integration) {
        List<FlowReport> reports = flow == null
                ? integration.engine().runAll()
                : List.of(integration.engine().run(flow));
        return BooksOutput.print(reports, this);
    }
}
