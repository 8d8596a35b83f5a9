package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IfsConnectorProviderTest {

    private static final ConnectorContext CONTEXT = ConnectorContext.ofDefaults("ifs-test");

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "baseUrl", "https://acme.example",
            "tokenUrl", "https://acme.example/auth/realms/acme/protocol/openid-connect/token",
            "clientId", "mlc",
            "clientSecret", "hush-hush",
            "company", "10"));

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .anyMatch(provider -> provider instanceof IfsConnectorProvider
                        && provider.name().equals("ifs"));
    }

    @Test
    void opensWithTheNeededSettingsAloneAndCallsNothing() {
        Connector connector = open();

        assertThat(connector.readable())
                .containsExactly(
                        "customers", "orders", "order-customers", "invoices", "posting-proposals", "vendors", "bills");
        assertThat(connector.writable())
                .containsExactly("payments", "refunds", "disputes", "vendors", "bills", "bill-payments", "bill-status");
        assertThat(connector.stats().requests()).isZero();
        connector
                .readable()
                .forEach(entity -> assertThat(connector.source(entity, SourceContext.EMPTY))
                        .isNotNull());
        assertThatThrownBy(() -> connector.source("employees", SourceContext.EMPTY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("posting-proposals");
        connector.close();
    }

    @Test
    void namesAllFaultsAtOnce() {
        settings.remove("company");
        settings.put("baseUrl", "http://acme.example");
        settings.put("pageSize", 6000);
        settings.put("taxRates", Map.of("VAT25", "a quarter"));
        settings.put(
                "entities",
                Map.of(
                        "customers",
                        Map.of("path", "/CustomerSet", "mapping", Map.of("nmae", Map.of("from", "Name2"))),
                        "orders",
                        Map.of("keys", List.of("Order No"), "paging", "sideways")));

        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("company is missing")
                .hasMessageContaining("baseUrl must use https")
                .hasMessageContaining("pageSize must be at most maxPageSize (5000): 6000")
                .hasMessageContaining("taxRates.VAT25")
                .hasMessageContaining("customers.path must be the path of a set")
                .hasMessageContaining("nmae")
                .hasMessageContaining("orders.keys")
                .hasMessageContaining("orders.paging")
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void reportsFaultsOfHowPaymentsAreRecorded() {
        settings.put(
                "receipts",
                Map.of(
                        "record", "letters",
                        "fields", Map.of("entries", List.of("Cf_A", "none"), "paid", "Cf_A", "pade", "Cf_B"),
                        "statuses", Map.of("settled", "X"),
                        "notes", Map.of("path", "NotesInfoVirtuals")));

        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("receipts.record must be one of fields, notes: letters")
                .hasMessageContaining("receipts.fields.entries must be columns: 'none'")
                .hasMessageContaining("receipts.fields.paid must be a column of its own: 'Cf_A'")
                .hasMessageContaining("receipts.fields.pade is not a setting")
                .hasMessageContaining("receipts.statuses.settled is no status; known: open, pending")
                .hasMessageContaining("receipts.notes.path must be the path of a set");
    }

    @Test
    void namesWhatCanBeWritten() {
        assertThatThrownBy(() -> open().sink("orders"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot write 'orders'; it can write payments, refunds, disputes");
    }

    @Test
    void printsNoSecret() {
        IfsSettings read = IfsSettings.of(Settings.of("ifs", settings));

        assertThat(read.toString()).contains("acme.example").doesNotContain("hush-hush");
        assertThat(open().toString()).doesNotContain("hush-hush");
        assertThat(new IfsConnectorProvider().secretSettings()).containsExactly("clientSecret");
    }

    @Test
    void printsEveryMappingAsATable() {
        Map<String, String> tables = IfsConnectorProvider.mappings();

        assertThat(tables.keySet())
                .containsExactly(
                        "generic/customers",
                        "generic/orders",
                        "generic/order-lines",
                        "generic/invoices",
                        "generic/posting-proposals",
                        "generic/suppliers",
                        "generic/supplier-invoices",
                        "generic/supplier-invoice-lines",
                        "generic/companies",
                        "generic/accounts",
                        "generic/cost-centers",
                        "generic/tax-codes",
                        "generic/periods",
                        "generic/purchase-orders",
                        "cloud/customers",
                        "cloud/customer-addresses",
                        "cloud/orders",
                        "cloud/order-lines",
                        "cloud/invoices",
                        "cloud/invoice-lines",
                        "cloud/posting-proposals",
                        "cloud/suppliers",
                        "cloud/supplier-addresses",
                        "cloud/supplier-invoices",
                        "cloud/supplier-invoice-lines",
                        "cloud/companies",
                        "cloud/accounts",
                        "cloud/cost-centers",
                        "cloud/tax-codes",
                        "cloud/periods",
                        "cloud/purchase-orders");
        assertThat(tables.get("generic/invoices")).contains("| `customer` | `CustomerId` | id, required |");
    }

    private Connector open() {
        return new IfsConnectorProvider().open(Settings.of("connections.ifs-test", settings), CONTEXT);
    }

    @Test
    void goesOnWithAClientSecretThatWasReplaced() {
        try (IfsSandbox sandbox = IfsSandbox.start();
                Connector connector = TestConnection.to(sandbox).open()) {
            sandbox.clientSecret("regenerated");

            assertThat(connector.check(Set.of("customers")))
                    .anyMatch(finding -> finding.level() == Finding.Level.FAILED);
            connector.replaceSecret("clientSecret", Secret.of("regenerated"), Instant.EPOCH);
            assertThat(connector.check(Set.of("customers")))
                    .noneMatch(finding -> finding.level() == Finding.Level.FAILED);
            assertThatThrownBy(() -> connector.replaceSecret("password", Secret.of("x"), Instant.EPOCH))
                    .hasMessageContaining("there is clientSecret");
        }
    }
}
