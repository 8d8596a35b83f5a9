package io.mlconnector.syspro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SysproConnectorProviderTest {

    private final Map<String, Object> settings = new LinkedHashMap<>(Map.of(
            "baseUrl", "https://erp.example/SYSPRO8Odata/SYSPROOData",
            "company", "EDU1",
            "user", "odata",
            "password", "p4ss-s3cret"));

    private Connector open() {
        return new SysproConnectorProvider()
                .open(Settings.of("connections.syspro", settings), ConnectorContext.ofDefaults("syspro"));
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("syspro"));
        assertThat(new SysproConnectorProvider().secretSettings())
                .contains("password", "operatorPassword", "companyPassword");
    }

    @Test
    void writesNothingWithoutEnet() {
        try (Connector connector = open()) {
            assertThat(connector.readable()).containsExactly("customers", "invoices");
            assertThat(connector.writable()).isEmpty();
            assertThatThrownBy(() -> connector.sink("payments")).hasMessageContaining("enetUrl");
            assertThat(connector.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void refusesPlainHttpToAnotherMachineUnlessItIsAllowed() {
        settings.put("enetUrl", "http://erp.example:20003/SYSPROWCFService/Rest");
        settings.put("operator", "STRIPE");

        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("enetUrl must use https, or allowPlainHttp must be true");

        settings.put("allowPlainHttp", true);
        try (Connector connector = open()) {
            assertThat(connector.writable()).containsExactly("payments", "refunds", "disputes");
        }
    }

    @Test
    void namesAllFaultsAtOnce() {
        settings.put("changes", "guess");
        settings.put("pageSize", 6000);
        settings.put("currencies", Map.of("$", "dollars"));
        settings.put("terms", Map.of("30", "soon"));
        settings.put("since", "last year");
        settings.put("zone", "Cape Town");
        settings.put("operator", "STRIPE");
        settings.put("receipts", Map.of("refunds", "debit-note", "paymentType", "X"));

        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .satisfies(fault -> {
                    for (String part : new String[] {
                        "changes must be one of auto, dates, row-version, scan",
                        "pageSize",
                        "currencies.$",
                        "terms.30",
                        "since must be a date",
                        "zone must be a zone",
                        "operator is of no use without enetUrl",
                        "productClass is needed",
                        "paymentType must be one of"
                    }) {
                        assertThat(fault.getMessage()).contains(part);
                    }
                    assertThat(fault.getMessage()).doesNotContain("s3cret");
                });
    }

    @Test
    void describesItsMappings() {
        assertThat(SysproConnectorProvider.mappings().keySet())
                .containsExactly("customers", "invoices", "invoice-lines");
        assertThat(SysproConnectorProvider.mappings().get("customers")).contains("SoldToAddr1");
    }
}
