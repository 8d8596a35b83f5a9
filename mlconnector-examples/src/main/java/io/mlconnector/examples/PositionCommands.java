package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.Operations;
import io.mlconnector.spi.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "position",
        description = "How far the source of a flow has been read.",
        subcommands = {PositionCommands.Show.class, PositionCommands.Set.class, PositionCommands.Reset.class})
final class PositionCommands extends Group {

    @Command(name = "show", description = "Shows positions, which only their sources can read.")
    static final class Show extends OnConfiguration {

        @Parameters(index = "1", arity = "0..1", description = "The flow; all of them if none is named.")
        private @Nullable String flow;

        @Override
        int on(Integration integration) {
            Operations operations = integration.engine().operations();
            var table = new Table("flow", "position");
            List<String> flows = flow == null ? integration.engine().flows() : List.of(flow);
            flows.forEach(name -> table.add(name, operations.position(name).value()));
            print(table);
            return 0;
        }
    }

    @Command(name = "set", description = "Has a flow go on from a position that was noted earlier.")
    static final class Set extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Parameters(index = "2", description = "The position.")
        private String position = "";

        @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
        private String person = "";

        @Override
        int on(Integration integration) {
            integration.engine().operations().setPosition(flow, new Position(position), person);
            out().println("set");
            return 0;
        }
    }

    @Command(
            name = "reset",
            description = "Has a flow read its source from the start; what has not changed is not written again.")
    static final class Reset extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
        private String person = "";

        @Override
        int on(Integration integration) {
            integration.engine().operations().setPosition(flow, Position.START, person);
            out().println("reset");
            return 0;
        }
    }
}
