package io.mlconnector.ifs;

import io.mlconnector.ifs.EntitySet.Paging;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The entries of the history log for one set. Safe for threads. */
final class HistoryLog {

    private final SetReader reader;
    private final HistorySettings history;
    private final EntitySet logged;

    HistoryLog(ODataClient client, MetadataCache metadata, HistorySettings history, EntitySet logged, String company) {
        this.history = history;
        this.logged = logged;
        EntitySet entries = new EntitySet(
                logged.role(),
                List.of(history.path()),
                List.of(history.idColumn()),
                history.timeColumn(),
                history.luColumn() + " eq " + EdmLiteral.quoted(logged.lu()),
                Paging.KEYSET,
                false,
                Settings.of("history", Map.of()),
                Changes.MODIFIED,
                "",
                List.of());
        RowLayout layout = RowLayout.of(columns());
        this.reader = new SetReader(client, metadata, entries, history.path(), RowShape.of(entries, layout), company);
    }

    /** The columns that are read. */
    List<String> columns() {
        var columns = new ArrayList<>(
                List.of(history.idColumn().name(), history.timeColumn(), history.luColumn(), history.keysColumn()));
        if (!history.typeColumn().isEmpty()) {
            columns.add(history.typeColumn());
        }
        return columns;
    }

    HistorySettings settings() {
        return history;
    }

    EntitySet logged() {
        return logged;
    }

    SetReader reader() {
        return reader;
    }

    /** The key of the row that changed, in the order of the set's keys; empty if the entry does not tell. */
    List<String> key(Row entry) {
        String reference = entry.text(history.keysColumn());
        return reference == null
                ? List.of()
                : KeyReference.values(reference, logged.loggedKeys()).orElse(List.of());
    }

    boolean isRemoval(Row entry) {
        return !history.typeColumn().isEmpty()
                && history.removed().contains(String.valueOf(entry.text(history.typeColumn())));
    }

    String name(Row entry) {
        return "history-" + reader.shape().id(entry);
    }
}
