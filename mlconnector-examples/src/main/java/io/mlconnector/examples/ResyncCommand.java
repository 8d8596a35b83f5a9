package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resync",
        description = "Brings single records into step: their present state is read, and written where it differs.")
final class ResyncCommand extends OnConfiguration {

    @Parameters(index = "1", description = "The flow.")
    private String flow = "";

    @Option(
            names = "--key",
            required = true,
            arity = "1..*",
            paramLabel = "ID",
            description = "Records by their ids at the source.")
    private List<String> ids = List.of();

    @Override
    int on(Integration integration) {
        return BooksOutput.print(List.of(integration.engine().refresh(flow, ids)), this);
    }
}
