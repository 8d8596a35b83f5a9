package io.mlconnector.cloudsuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IonapiSettingsTest {

    private static final String GOOD = """
            {"ti":"ACMEFIN_TST","cn":"ml-connector","dt":"12","ci":"ACMEFIN_TST~client","cs":"SECRET-cs",
             "iu":"https://mingle-ionapi.eu1.example.com","pu":"https://mingle-sso.eu1.example.com:443/ACMEFIN_TST/as/",
             "oa":"authorization.oauth2","ot":"token.oauth2","or":"revoke_token.oauth2","ev":"U1","v":"1.0",
             "saak":"ACMEFIN_TST#key","sask":"SECRET-sask"}""";

    @Test
    void readsWhereTheTenantIsAndItsCredentials() {
        IonapiSettings file = IonapiSettings.parse(GOOD);

        assertThat(file.tenant()).isEqualTo("ACMEFIN_TST");
        assertThat(file.tokenUrl()).hasToString("https://mingle-sso.eu1.example.com:443/ACMEFIN_TST/as/token.oauth2");
        assertThat(String.valueOf(file.revokeUrl())).endsWith("/as/revoke_token.oauth2");
        assertThat(file.accessKey()).isEqualTo("ACMEFIN_TST#key");
    }

    @Test
    void readsAPathAStreamAndTextAlike(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("app.ionapi"), GOOD);

        assertThat(IonapiSettings.read(path)).isEqualTo(IonapiSettings.parse(GOOD));
        assertThat(IonapiSettings.read(new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(IonapiSettings.parse(GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ti", "ci", "cs", "iu", "pu", "ot", "saak", "sask"})
    void namesEveryKeyThatIsMissing(String key) throws JsonProcessingException {
        ObjectNode json = json();
        json.remove(key);

        assertThatThrownBy(() -> IonapiSettings.parse(json.toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + " is missing")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void namesAllMissingKeysAtOnce() {
        assertThatThrownBy(() -> IonapiSettings.parse("{\"saak\":\"T#a\",\"sask\":\"s\"}"))
                .hasMessageContaining("ti is missing")
                .hasMessageContaining("ci is missing")
                .hasMessageContaining("iu is missing")
                .hasMessageContaining("pu is missing");
    }

    @Test
    void tellsThatGatewayAndTokenServiceAreSwapped() throws JsonProcessingException {
        ObjectNode json = json();
        json.set("iu", json().get("pu"));
        json.set("pu", json().get("iu"));

        assertThatThrownBy(() -> IonapiSettings.parse(json.toString())).hasMessageContaining("iu and pu are swapped");
    }

    @Test
    void tellsThatClientAndAccountAreSwapped() throws JsonProcessingException {
        ObjectNode json = json();
        json.set("ci", json().get("saak"));
        json.set("saak", json().get("ci"));

        assertThatThrownBy(() -> IonapiSettings.parse(json.toString())).hasMessageContaining("ci and saak are swapped");
    }

    @Test
    void refusesAnAppThatPeopleLogInTo() throws JsonProcessingException {
        ObjectNode json = json();
        json.remove("saak");
        json.remove("sask");
        json.put("ru", "https://app.example.com/callback");

        assertThatThrownBy(() -> IonapiSettings.parse(json.toString()))
                .hasMessageContaining("that people log in to")
                .hasMessageContaining("Backend Service");
    }

    @Test
    void refusesWhatIsNoAddressAndWhatIsNoJson() throws JsonProcessingException {
        ObjectNode json = json();
        json.put("iu", "mingle-ionapi.example.com");

        assertThatThrownBy(() -> IonapiSettings.parse(json.toString())).hasMessageContaining("iu must be");
        assertThatThrownBy(() -> IonapiSettings.parse("{\"ti\": \"A")).hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> IonapiSettings.parse("[]")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> IonapiSettings.read(Path.of("no-such.ionapi"))).hasMessageContaining("no-such.ionapi");
    }

    @Test
    void printsNoSecret() {
        assertThat(IonapiSettings.parse(GOOD).toString())
                .doesNotContain("SECRET")
                .doesNotContain("#key");
    }

    @Test
    void letsASettingNameEveryFaultOfTheFile() {
        Settings settings = Settings.of("connections.m3", Map.of("ionapi", "{}", "divi", "TOOLONG", "wrong", 1));

        assertThatThrownBy(() -> new CloudSuiteConnectorProvider().open(settings, ConnectorContext.ofDefaults("m3")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("connections.m3.ionapi is not usable: .ionapi file: ti is missing")
                .hasMessageContaining("connections.m3.divi must have at most three")
                .hasMessageContaining("connections.m3.wrong is not a setting");
    }

    @Test
    void needsExactlyOneFile() {
        Settings none = Settings.of("connections.m3", Map.of());
        Settings both = Settings.of("connections.m3", Map.of("ionapi", GOOD, "ionapiFile", "a.ionapi"));

        assertThatThrownBy(() -> new CloudSuiteConnectorProvider().open(none, ConnectorContext.ofDefaults("m3")))
                .hasMessageContaining("ionapi is missing");
        assertThatThrownBy(() -> new CloudSuiteConnectorProvider().open(both, ConnectorContext.ofDefaults("m3")))
                .hasMessageContaining("both given");
    }

    private static ObjectNode json() throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(GOOD);
    }
}
