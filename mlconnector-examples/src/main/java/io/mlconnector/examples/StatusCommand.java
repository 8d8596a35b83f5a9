package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowStatus;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Tells how every flow stands, out of the ledger; calls nothing remote.")
final class StatusCommand extends OnConfiguration {

    @Override
    int on(Integration integration) {
        var table = new Table("flow", "from", "to", "parked", "dead", "in doubt", "open", "last write");
        for (FlowStatus status : integration.engine().operations().status()) {
            table.add(
                    status.flow(),
                    status.source(),
                    status.target(),
                    status.parked(),
                    status.dead(),
                    status.inDoubt(),
                    status.open(),
                    status.lastWriteAt());
        }
        print(table);
        return 0;
    }
}
