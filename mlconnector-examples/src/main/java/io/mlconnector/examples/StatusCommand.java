package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowStatus;
import io.mlconnector.schedule.ScheduleStatus;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Tells how every flow stands, out of the ledger; calls nothing remote.")
final class StatusCommand extends OnConfiguration {

    @Override
    int on(Integration integration) {
        var table = new Table(
                "flow", "from", "to", "parked", "dead", "in doubt", "open", "last write", "last run", "next run");
        Map<String, ScheduleStatus> schedules = integration.scheduler().status().stream()
                .collect(Collectors.toMap(ScheduleStatus::flow, Function.identity()));
        for (FlowStatus status : integration.engine().operations().status()) {
            ScheduleStatus schedule = schedules.get(status.flow());
            table.add(
                    status.flow(),
                    status.source(),
                    status.target(),
                    status.parked(),
                    status.dead(),
                    status.inDoubt(),
                    status.open(),
                    status.lastWriteAt(),
                    schedule == null ? null : schedule.ended(),
                    schedule == null ? null : next(schedule));
        }
        print(table);
        return 0;
    }

    private static @Nullable String next(ScheduleStatus schedule) {
        if (schedule.pausedBy() != null) {
            return "paused by " + schedule.pausedBy();
        }
        String failures = schedule.failures() == 0 ? "" : ", after " + schedule.failures() + " failed";
        return schedule.next() == null ? null : schedule.next() + failures;
    }
}
