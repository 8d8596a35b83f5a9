package io.mlconnector.syspro;

import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the changed rows of a table can be found: SYSPRO's own tables have no modified date, and a row version that OData
 * shows as bytes can neither be compared nor ordered by. Safe for threads.
 */
final class ChangeFinder {

    private static final Set<String> NUMBERS = Set.of("Edm.Int64", "Edm.Int32", "Edm.Decimal");

    private final SysproSettings settings;
    private final ODataClient client;
    private final String connection;
    private @Nullable TableMetadata metadata;

    ChangeFinder(SysproSettings settings, ODataClient client, String connection) {
        this.settings = settings;
        this.client = client;
        this.connection = connection;
    }

    synchronized TableMetadata metadata() {
        TableMetadata known = metadata;
        if (known == null) {
            known = client.metadata();
            metadata = known;
        }
        return known;
    }

    /** Forgets what was read, so that a check sees what is there now. */
    synchronized void clear() {
        metadata = null;
    }

    /** The feeds of a table, of which the layout is read under the conditions that always hold. */
    List<Feed> feeds(Table table, RowLayout layout, List<String> standing) {
        if (table.changes() == SysproSettings.Changes.SCAN) {
            return List.of(scan(new TableReader(client, table, layout, standing)));
        }
        Map<String, String> there = columnsOf(table);
        boolean numbered = NUMBERS.contains(there.getOrDefault(table.versionColumn(), ""));
        boolean modified = there.containsKey(table.modifiedColumn());
        boolean dated = there.containsKey(table.dateColumn());
        return switch (table.changes()) {
            case AUTO ->
                numbered
                        ? List.of(versioned(table, layout, standing))
                        : modified || dated
                                ? dated(table, layout, standing, modified)
                                : List.of(scan(new TableReader(client, table, layout, standing)));
            case ROW_VERSION -> {
                if (!numbered) {
                    throw new ConfigurationException(connection + ": " + table.name() + "." + table.versionColumn()
                            + " must be a number for changes row-version; $metadata says "
                            + there.getOrDefault(table.versionColumn(), "that it is not there")
                            + ". Let a view show it as CAST(TimeStamp AS bigint), or use changes scan");
                }
                yield List.of(versioned(table, layout, standing));
            }
            case DATES -> {
                if (!modified && !dated) {
                    throw new ConfigurationException(connection + ": " + table.name() + " has no column "
                            + table.modifiedColumn() + " for changes dates; SYSPRO's own tables have none: let a view"
                            + " show one, or use changes auto or scan");
                }
                yield dated(table, layout, standing, modified);
            }
            case SCAN -> throw new IllegalStateException("answered above");
        };
    }

    /** The columns of a table and their types. */
    Map<String, String> columnsOf(Table table) {
        return metadata()
                .columns(table.name())
                .orElseThrow(() -> new ConfigurationException(connection + ": $metadata has no table " + table.name()
                        + " for the company " + settings.company()));
    }

    private Feed versioned(Table table, RowLayout layout, List<String> standing) {
        TableReader reader = new TableReader(client, table, layout(layout, table.versionColumn()), standing);
        return new FrontierFeed<>(
                reader, Stamp.version(table.versionColumn(), settings.versionOverlap()), settings.pageSize());
    }

    /** A date of a document never changes, so without a modified date the open documents are read besides. */
    private List<Feed> dated(Table table, RowLayout layout, List<String> standing, boolean modified) {
        String column = modified ? table.modifiedColumn() : table.dateColumn();
        Duration overlap = modified ? settings.overlap() : Duration.ofDays(settings.lookback());
        TableReader reader = new TableReader(client, table, layout(layout, column), standing);
        Feed feed = new FrontierFeed<>(reader, Stamp.time(column, overlap), settings.pageSize());
        return modified
                ? List.of(feed)
                : List.of(
                        feed,
                        new ScanFeed("open:" + table.name(), reader.where(InvoiceMapping.OPEN), settings.pageSize()));
    }

    private Feed scan(TableReader reader) {
        return new ScanFeed("scan:" + reader.table().name(), reader, settings.pageSize());
    }

    private static RowLayout layout(RowLayout layout, String column) {
        if (layout.paths().contains(column)) {
            return layout;
        }
        var paths =
                new ArrayList<>(layout.paths()); // slots are in order, so rules find theirs in the longer layout too
        paths.add(column);
        return RowLayout.of(paths);
    }
}
