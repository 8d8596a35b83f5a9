package io.mlconnector.ifs;

import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to IFS Cloud. They read {@code customers}, {@code orders}, {@code order-customers} (the customers of
 * orders that changed, under the keys of {@code customers}), {@code invoices} and {@code posting-proposals}.
 *
 * <p>The settings are those of {@link IfsSettings} and, below {@code entities.<role>}: {@code path} (of the set below
 * {@code baseUrl}, or a list of such), {@code keys} (columns, each possibly as {@code name:type}), {@code modifiedField},
 * {@code filter} (a further condition in OData's syntax), {@code paging} ({@code keyset} or {@code skip}), {@code follow}
 * (for lines and addresses: whether their changes count) and {@code mapping}. Roles are {@code customers}, {@code
 * customer-addresses} (preset cloud), {@code orders}, {@code order-lines}, {@code invoices}, {@code invoice-lines}
 * (preset cloud) and {@code posting-proposals}.
 */
public final class IfsConnectorProvider implements ConnectorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public IfsConnectorProvider() {}

    @Override
    public String name() {
        return "ifs";
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("clientSecret");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        IfsSettings read = IfsSettings.of(settings);
        IfsEntities entities = IfsEntities.read(settings.section("entities"), read.preset());
        IfsMappings mappings = IfsMappings.of(entities, read.preset(), context.connection());
        settings.check();
        return new IfsConnector(read, entities, mappings, context);
    }

    /**
     * Returns how each kind of row is read by default, for documentation.
     *
     * @return preset and role, such as {@code generic/customers}, to the rules as a Markdown table, in order
     */
    public static Map<String, String> mappings() {
        var tables = new LinkedHashMap<String, String>();
        for (IfsSettings.Preset preset : IfsSettings.Preset.values()) {
            String prefix = preset.name().toLowerCase(Locale.ROOT) + "/";
            IfsMappings.described(preset).forEach((role, table) -> tables.put(prefix + role, table));
        }
        return tables;
    }
}
