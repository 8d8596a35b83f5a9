package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.spi.Lineage;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "mapping", description = "How fields become fields.", subcommands = MappingCommands.Describe.class)
final class MappingCommands extends Group {

    @Command(name = "describe", description = "Tells for each field by which rules a flow reads and writes it.")
    static final class Describe extends OnConfiguration {

        @Parameters(index = "1", arity = "0..1", description = "The flow; all of them if none is named.")
        private @Nullable String flow;

        @Override
        int on(Integration integration) {
            var table = new Table("flow", "field", "read by", "written by");
            List<String> flows = flow == null ? integration.engine().flows() : List.of(flow);
            for (String name : flows) {
                List<Lineage> lineage = integration.engine().operations().lineage(name);
                var fields = new TreeSet<>(lineage.get(0).rules().keySet());
                fields.addAll(lineage.get(1).rules().keySet());
                fields.forEach(field -> table.add(
                        name,
                        field,
                        lineage.get(0).rules().get(field),
                        lineage.get(1).rules().get(field)));
            }
            print(table);
            return 0;
        }
    }
}
