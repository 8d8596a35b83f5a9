package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ServiceTest {

    private static final String SERVICE = "/main/ifsapplications/projection/v1/CustomerHandling.svc";
    private static final String JSON = "application/json";

    private final EntitySetDefinition suppliers = EntitySetDefinition.builder(
                    "main/ifsapplications/projection/v1/BusinessPartnerHandling.svc", "BusinessPartnerSet")
            .addKey("SupplierId", EdmType.STRING)
            .addColumns(EdmType.STRING, "Name")
            .addColumns(EdmType.BOOLEAN, "OneTime")
            .build();
    private final IfsSandbox sandbox = IfsSandbox.builder()
            .addSets(IfsEntitySets.cloud())
            .addSet(suppliers)
            .start();
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void describesItselfInValidXml() throws Exception {
        String body =
                client.get(SERVICE + "/$metadata", "Accept", "application/xml").body();

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));

        assertThat(document.getElementsByTagName("EntityType").getLength()).isEqualTo(2);
        assertThat(body)
                .contains("<EntityType Name=\"CustomerInfo\">")
                .contains("<Key><PropertyRef Name=\"CustomerId\"/><PropertyRef Name=\"AddressId\"/></Key>")
                .contains("<Property Name=\"Cf_Last_Modified\" Type=\"Edm.DateTimeOffset\"/>")
                .contains("<NavigationProperty Name=\"CustomerInfoAddresses\"")
                .contains("<EntitySet Name=\"CustomerInfoSet\" EntityType=\"IfsApp.CustomerHandling.CustomerInfo\"/>");
    }

    @Test
    void refusesMetadataAsJson() {
        assertThat(client.get(SERVICE + "/$metadata", "Accept", JSON).statusCode())
                .isEqualTo(406);
    }

    @Test
    void listsTheSetsOfAService() {
        assertThat(json(client.get(SERVICE + "/")).path("value").findValuesAsText("name"))
                .containsExactly("CustomerInfoSet", "CustomerInfoAddresses");
    }

    @Test
    void doesNotKnowOtherSetsAndServices() {
        for (String path : new String[] {CUSTOMERS, SERVICE.replace("Customer", "Client") + "/CustomerInfoSet", "/"}) {
            HttpResponse<String> response = client.get(path);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).path("error").path("code").asText()).isEqualTo("ODP_RESOURCE_NOTFOUND");
        }
    }

    @Test
    void doesNotImplementBatches() {
        assertThat(client.send("POST", SERVICE + "/$batch", "x").statusCode()).isEqualTo(501);
    }

    @Test
    void showsTheAddressesBelowTheirCustomer() {
        sandbox.put("CustomerInfoSet", Map.of("CustomerId", "1"));
        sandbox.put("CustomerInfoAddresses", Map.of("CustomerId", "1", "AddressId", "A"));
        sandbox.put("CustomerInfoAddresses", Map.of("CustomerId", "2", "AddressId", "A"));
        String below = SERVICE + "/CustomerInfoSet(CustomerId='1')/CustomerInfoAddresses";

        assertThat(json(client.get(below)).path("value").findValuesAsText("CustomerId"))
                .containsExactly("1");
        assertThat(json(client.get(SERVICE + "/CustomerInfoAddresses")).path("value"))
                .hasSize(2);
        assertThat(client.get(below + "(CustomerId='1',AddressId='A')").statusCode())
                .isEqualTo(200);
        assertThat(client.get(below + "(CustomerId='2',AddressId='A')").statusCode())
                .isEqualTo(404);
        assertThat(client.get(below.replace("'1'", "'9'")).statusCode()).isEqualTo(404);
    }

    @Test
    void createsAnAddressOnlyUnderItsOwnCustomer() {
        sandbox.put("CustomerInfoSet", Map.of("CustomerId", "1"));
        String below = SERVICE + "/CustomerInfoSet(CustomerId='1')/CustomerInfoAddresses";

        HttpResponse<String> own =
                client.send("POST", below, "{\"CustomerId\":\"1\",\"AddressId\":\"A\"}", "Content-Type", JSON);
        HttpResponse<String> other =
                client.send("POST", below, "{\"CustomerId\":\"2\",\"AddressId\":\"A\"}", "Content-Type", JSON);

        assertThat(own.statusCode()).isEqualTo(201);
        assertThat(other.statusCode()).isEqualTo(400);
    }

    @Test
    void servesSetsThatAUserAdds() {
        sandbox.put("BusinessPartnerSet", Map.of("SupplierId", "S1", "OneTime", false));

        String body = client.query("/" + suppliers.path(), "$filter", "OneTime eq false")
                .body();

        assertThat(body).contains("\"SupplierId\":\"S1\"").contains("\"OneTime\":false");
        assertThat(suppliers.modifiedColumn()).isEmpty();
    }

    @Test
    void refusesDefinitionsThatCannotWork() {
        assertThatThrownBy(() -> EntitySetDefinition.builder("/x.svc", "Set")).hasMessageContaining("/x.svc");
        assertThatThrownBy(() -> EntitySetDefinition.builder("x.svc", "Set").build())
                .hasMessageContaining("no key");
        assertThatThrownBy(() ->
                        IfsSandbox.builder().addSet(suppliers).addSet(suppliers).start())
                .hasMessageContaining("defined twice");
    }
}
