package io.mlconnector.bill;

import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to BILL.
 *
 * <p>BILL counts calls by developer key, whoever makes them. So all connections of this process that use one developer key in one
 * environment share one quota: calls at once, calls an hour and logins an hour, as the connection that was opened first sets them.
 * Nothing else is shared, least of all a session.
 */
public final class BillConnectorProvider implements ConnectorProvider {

    private static final String NAME = "bill";

    /** For the whole process, because providers are made anew by each loader. */
    private static final KeyQuotas QUOTAS = new KeyQuotas();

    /** For the service loader. */
    public BillConnectorProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("password", "devKey", "webhookSecrets");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        BillSettings read = BillSettings.of(settings);
        Settings entities = settings.section("entities");
        var vendors = new VendorMapping(read.coding(), Overrides.writing(entities, BillConnector.VENDORS));
        WriteMapping<Bill> bills = BillMapping.rules(read, Overrides.writing(entities, BillConnector.BILLS));
        Overrides overrides = Overrides.read(entities);
        KeyQuota quota = QUOTAS.open(read, context);
        try {
            var connector =
                    new BillConnector(read, vendors, bills, overrides, quota, () -> QUOTAS.close(read), context);
            settings.check();
            return connector;
        } catch (RuntimeException e) {
            QUOTAS.close(read);
            throw e;
        }
    }

    /**
     * Returns the mappings as tables, for the documentation.
     *
     * @return what is mapped to a table in Markdown
     */
    public static Map<String, String> mappings() {
        var settings = Settings.of(
                NAME, Map.of("username", "none", "password", "none", "organizationId", "008", "devKey", "none"));
        BillSettings read = BillSettings.of(settings);
        var tables = new LinkedHashMap<String, String>();
        tables.put(
                "write/vendors",
                new VendorMapping(read.coding(), none()).rules().describe());
        tables.put("write/bills", BillMapping.rules(read, none()).describe());
        ConnectorContext context = ConnectorContext.ofDefaults(NAME);
        var api = new BillApi(read, new KeyQuota(read, context), context);
        var currencies = new VendorCurrencies(api);
        tables.put(
                "read/vendors",
                new VendorReading(NAME, read.coding(), none()).rules().describe());
        tables.put(
                "read/bills",
                new BillReading(NAME, currencies, new PaymentDates(api, read.paymentFilter()), none())
                        .rules()
                        .describe());
        tables.put(
                "read/payments",
                new PaymentReading(NAME, currencies, none()).rules().describe());
        return tables;
    }

    private static Settings none() {
        return Settings.of(NAME, Map.of());
    }
}
