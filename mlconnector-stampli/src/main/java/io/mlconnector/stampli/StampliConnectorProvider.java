package io.mlconnector.stampli;

import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to the files that Stampli exchanges over SFTP. They read {@code bills}, {@code vendors} and {@code
 * purchase-orders}, and write nothing but acknowledgements.
 *
 * <p>The settings are those of {@link StampliSettings} and, for all entities or below {@code entities.<entity>}: {@code
 * completeness} ({@code stable}, {@code marker}, {@code rename} or {@code trailer}), {@code stableFor} ({@code PT30S}),
 * {@code claim} ({@code none} or {@code rename}), {@code archive} and {@code error} (directories, absolute or below that of
 * the files), {@code acks}, {@code followLinks}, {@code acceptEmpty}, {@code maxFileMiB} (256) and {@code maxUnpackedMiB}
 * (1024). Below an entity only: {@code directory}, {@code pattern}, {@code columns} (what a file calls a column, to its name
 * in the contract), {@code statuses}, {@code format} ({@code separator}, {@code charset}, {@code fallbackCharset}, {@code
 * decimals}, {@code grouping}, {@code accounting}, {@code dates}), {@code mapping} and {@code lineMapping}. For the
 * connection: {@code pageSize} (500), {@code corrections} ({@code reject}, {@code update-if-unposted} or {@code
 * reverse-and-repost}), {@code checkOrders} (true), {@code vendorsPerCompany} (false), {@code format}, and {@code
 * tables.accounts} and {@code tables.costCenters} ({@code codes}, {@code file}, {@code keepOthers}).
 */
public final class StampliConnectorProvider implements ConnectorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public StampliConnectorProvider() {}

    @Override
    public String name() {
        return "stampli";
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("password", "privateKey", "passphrase");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        StampliSettings read = StampliSettings.of(settings);
        Desks desks = Desks.read(settings, read, context);
        settings.check();
        return desks.connector();
    }

    /**
     * Returns how each kind of document is read by default, for documentation.
     *
     * @return the entity to its rules as a Markdown table, in order
     */
    public static Map<String, String> mappings() {
        var tables = new LinkedHashMap<String, String>();
        Settings none = Settings.of("stampli", Map.of());
        Contracts.read(none, Desks.entities(none), "stampli", InstantSource.system())
                .all()
                .forEach((entity, contract) ->
                        tables.put(entity, contract.mapping().describe()));
        return tables;
    }
}
