package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.spi.Finding;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "check", description = "Tries the connections that flows use, and writes nothing.")
final class CheckCommand extends OnConfiguration {

    @Override
    int on(Integration integration) {
        Map<String, List<Finding>> checked = integration.engine().check();
        var table = new Table("connection", "level", "subject", "detail");
        boolean well = true;
        for (Map.Entry<String, List<Finding>> connection : checked.entrySet()) {
            for (Finding finding : connection.getValue()) {
                table.add(connection.getKey(), finding.level(), finding.subject(), finding.detail());
                well &= finding.level() != Finding.Level.FAILED;
            }
        }
        print(table);
        return well ? 0 : 1;
    }
}
