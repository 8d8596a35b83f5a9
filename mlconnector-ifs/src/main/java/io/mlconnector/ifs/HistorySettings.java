package io.mlconnector.ifs;

import io.mlconnector.spi.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the history log is and what its columns are called. Its path, {@code LuName}, {@code TimeStamp} and {@code
 * LogId} are known from live systems; the other names are conventions.
 *
 * @param path where the log is
 * @param luColumn the column of the logical unit
 * @param timeColumn the column of the time
 * @param idColumn the key of an entry, possibly with its type
 * @param keysColumn the column of the key reference, such as {@code CUSTOMER_ID=10041988^}
 * @param typeColumn the column that tells what happened; empty if there is none, and removals are not seen
 * @param removed what that column says when a row was removed
 */
record HistorySettings(
        SetPath path,
        String luColumn,
        String timeColumn,
        KeyPart idColumn,
        String keysColumn,
        String typeColumn,
        Set<String> removed) {

    static final String NO_COLUMN = "none";

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");
    private static final String PATH =
            "main/ifsapplications/projection/v1/HistoryLogHandling.svc/HistoryLogOverviewSet";

    HistorySettings {
        removed = Set.copyOf(removed);
    }

    static HistorySettings read(Settings settings) {
        String type = column(settings, "typeColumn", "HistoryType");
        List<String> removed = settings.texts("removed");
        return new HistorySettings(
                path(settings),
                column(settings, "luColumn", "LuName"),
                column(settings, "timeColumn", "TimeStamp"),
                id(settings),
                column(settings, "keysColumn", "Keys"),
                type.equals(NO_COLUMN) ? "" : type,
                removed.isEmpty() ? Set.of("Delete") : new LinkedHashSet<>(removed));
    }

    private static SetPath path(Settings settings) {
        String text = settings.text("path", PATH);
        try {
            return new SetPath(text);
        } catch (IllegalArgumentException e) {
            settings.fault("path", String.valueOf(e.getMessage()));
            return new SetPath(PATH);
        }
    }

    private static KeyPart id(Settings settings) {
        String text = settings.text("idColumn", "LogId");
        try {
            return KeyPart.parse(text);
        } catch (IllegalArgumentException e) {
            settings.fault("idColumn", e.getMessage() + ": '" + text + "'");
            return KeyPart.parse("LogId");
        }
    }

    private static String column(Settings settings, String name, String otherwise) {
        String column = settings.text(name, otherwise);
        if (!COLUMN.matcher(column).matches()) {
            settings.fault(name, "must be a column: '" + column + "'");
            return otherwise;
        }
        return column;
    }
}
