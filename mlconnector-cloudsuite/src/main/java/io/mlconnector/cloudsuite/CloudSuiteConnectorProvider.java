package io.mlconnector.cloudsuite;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to Infor CloudSuite, the M3 one. They read {@code customers} and {@code invoices}, and write {@code payments},
 * {@code refunds} and {@code disputes}, which are posted to the customer ledger.
 *
 * <p>The settings are those of {@link CloudSuiteSettings}, and those of posting: {@code accounts} with account strings, each a
 * table of {@code AIT1} to {@code AIT7}, named {@code clearing}, {@code refunds}, {@code disputes} and {@code fees}; {@code
 * paymentOrigin} (BOPE of a batch, {@code STR}); {@code refunds} ({@code review} or {@code post-negative}); {@code overpayments}
 * ({@code review} or {@code post}); {@code onAccountType} (PYTP of payments of subscriptions that have no invoice here; none);
 * {@code findColumns} (what the list of posted payments calls its columns); {@code zone} (of accounting dates, {@code UTC}) and
 * {@code settleTime} ({@code PT5M}). Fields are mapped below {@code entities.<role>.mapping}; roles are {@code customers}, {@code
 * invoices}, {@code invoice-lines} and {@code voucher-lines}.
 */
public final class CloudSuiteConnectorProvider implements ConnectorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public CloudSuiteConnectorProvider() {}

    @Override
    public String name() {
        return "cloudsuite";
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("ionapi");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        return connect(null, settings, context);
    }

    /**
     * Opens a connection with credentials that were read before, such as from a stream.
     *
     * @param ionapi the credentials; the settings name none then
     * @param settings all other settings
     * @param context time, waiting and chance
     * @return the connection
     * @throws ConfigurationException naming every fault of the settings
     */
    public Connector open(IonapiSettings ionapi, Settings settings, ConnectorContext context) {
        return connect(requireNonNull(ionapi, "ionapi"), settings, context);
    }

    private static Connector connect(@Nullable IonapiSettings ionapi, Settings settings, ConnectorContext context) {
        CloudSuiteSettings read = CloudSuiteSettings.of(settings, ionapi);
        PostingSettings posting = PostingSettings.read(settings);
        CloudSuiteMappings mappings =
                CloudSuiteMappings.read(settings.section("entities"), context.connection(), read.division());
        settings.check();
        return new CloudSuiteConnector(read, posting, mappings, context);
    }

    /**
     * Returns how each kind of row is read by default, for documentation.
     *
     * @return role to the rules as a Markdown table, in order
     */
    public static Map<String, String> mappings() {
        return CloudSuiteMappings.described();
    }
}
