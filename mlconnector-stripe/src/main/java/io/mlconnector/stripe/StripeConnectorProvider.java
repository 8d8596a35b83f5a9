package io.mlconnector.stripe;

import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Opens connections to Stripe. {@link StripeSettings} says what can be set. */
public final class StripeConnectorProvider implements ConnectorProvider {

    private static final String NAME = "stripe";

    /** Creates the provider, as {@link java.util.ServiceLoader} does. */
    public StripeConnectorProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("apiKey", "nextApiKey", "webhookSecrets");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        StripeSettings stripe = StripeSettings.of(settings);
        Settings entities = settings.section("entities");
        CustomerMapping customers = new CustomerMapping(stripe, mapping(entities, StripeConnector.CUSTOMERS));
        InvoiceMapping invoices = new InvoiceMapping(stripe, mapping(entities, StripeConnector.INVOICES));
        ReadMappings reading = new ReadMappings(context.connection(), stripe, entity -> mapping(entities, entity));
        settings.check();
        return new StripeConnector(stripe, customers, invoices, reading, context);
    }

    /**
     * Returns the rules by which records become parameters and objects become records, with the default settings, for the documentation.
     *
     * @return the entity to a Markdown table
     */
    public static Map<String, String> mappings() {
        Settings settings = Settings.of(NAME, Map.of("apiKey", "sk_test_none", "invoiceNumber", true));
        StripeSettings stripe = StripeSettings.of(settings);
        var tables = new LinkedHashMap<String, String>();
        tables.put(
                StripeConnector.CUSTOMERS,
                new CustomerMapping(stripe, settings.section("customers"))
                        .rules()
                        .describe());
        tables.put(
                StripeConnector.INVOICES,
                new InvoiceMapping(stripe, settings.section("invoices")).rules().describe());
        new ReadMappings(NAME, stripe, settings::section)
                .rules()
                .forEach((entity, rules) -> tables.put(entity, rules.describe()));
        return tables;
    }

    private static Settings mapping(Settings entities, String entity) {
        return entities.section(entity).section("mapping");
    }
}
