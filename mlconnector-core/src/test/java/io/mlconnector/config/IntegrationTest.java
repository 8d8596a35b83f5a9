package io.mlconnector.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrationTest {

    @Test
    void namesEveryFaultOfTheFileInOneMessage() {
        String json = """
                // comments are allowed
                {
                  "connections": {
                    "erp": {"type": "sap", "password": "${env:ERP_PASSWORD}"},
                    "bank": {"type": "${file:x}"},
                  },
                  "flows": {
                    "a": {"from": "erp", "to": "nowhere/x", "lanes": 0, "evrey": "PT1M", "conflicts": "me"},
                  },
                  "flow": {}
                }""";

        assertThatThrownBy(() -> Integration.builder()
                        .environment(Map.<String, String>of()::get)
                        .parse(json))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "connections.erp.password needs the environment variable ERP_PASSWORD, which is not set")
                .hasMessageContaining("connections.bank.type has the placeholder ${file:x}; known: ${env:NAME}")
                .hasMessageContaining("flow is not a setting; known: ledger, credentials, connections, flows")
                .hasMessageContaining("connections.erp.type names nothing on the class path: 'sap'")
                .hasMessageContaining("flows.a.from must be written connection/entity: 'erp'")
                .hasMessageContaining("flows.a.to names an unknown connection 'nowhere'; known: erp, bank")
                .hasMessageContaining("flows.a.lanes must be a whole number from 1 to 64: 0")
                .hasMessageContaining("flows.a.conflicts must be one of source-wins, target-wins, newest-wins,"
                        + " park-for-review: me")
                .hasMessageContaining("flows.a.evrey is not a setting; did you mean every?");
    }

    @Test
    void tellsWhereTheFileIsNoJson() {
        assertThatThrownBy(() -> Integration.builder().parse("{\n  \"flows\": [}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no JSON object in line 2");
        assertThatThrownBy(() -> Integration.builder().parse("{\"flows\":{},\"flows\":{}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> Integration.builder().parse("[]")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> Integration.load(Path.of("no-such-file.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot read the configuration no-such-file.json");
    }
}
