package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Writes an entry for every change of a row whose logical unit is logged. Safe for threads. */
final class HistoryLog {

    /** The set that shows the log. Beyond its path, LuName and TimeStamp the names are conventions. */
    static final EntitySetDefinition SET = EntitySetDefinition.builder(
                    "main/ifsapplications/projection/v1/HistoryLogHandling.svc", "HistoryLogOverviewSet")
            .luname("HistoryLog")
            .addKey("LogId", EdmType.INT64)
            .addColumns(EdmType.STRING, "LuName", "Keys", "HistoryType")
            .addModified("TimeStamp")
            .build();

    /** What happened to a row. */
    enum Event {
        INSERT("Insert"),
        UPDATE("Update"),
        DELETE("Delete");

        private final String shown;

        Event(String shown) {
            this.shown = shown;
        }
    }

    private final EntityTable table;
    private final Set<String> units;
    private final AtomicLong lastId = new AtomicLong();

    HistoryLog(EntityTable table, Set<String> units) {
        this.table = table;
        this.units = Set.copyOf(units);
    }

    boolean covers(EntitySetDefinition definition) {
        return units.contains(definition.luname());
    }

    /** Notes a change that is visible now. */
    void note(EntitySetDefinition definition, List<Object> key, Event event) {
        table.store(entry(definition, key, event));
    }

    /** Notes a change that becomes visible after a delay, together with its entry. */
    void noteLater(EntitySetDefinition definition, List<Object> key, Event event, Duration delay) {
        table.storeLater(entry(definition, key, event), delay);
    }

    private Map<String, Object> entry(EntitySetDefinition definition, List<Object> key, Event event) {
        return Map.of(
                "LogId",
                lastId.incrementAndGet(),
                "LuName",
                definition.luname(),
                "Keys",
                definition.keyReference(key),
                "HistoryType",
                event.shown);
    }
}
