package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.bill.BillConnectorProvider;
import io.mlconnector.cloudsuite.CloudSuiteConnectorProvider;
import io.mlconnector.ifs.IfsConnectorProvider;
import io.mlconnector.stampli.StampliConnectorProvider;
import io.mlconnector.stripe.StripeConnectorProvider;
import io.mlconnector.syspro.SysproConnectorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of an integration shows the flows of its configuration and their fields. With {@code -Dreadme.write=true} it is brought up to date. */
class IntegrationPagesTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    private static final Map<String, Map<String, String>> MAPPINGS = Map.of(
            "ifs", IfsConnectorProvider.mappings(),
            "stripe", StripeConnectorProvider.mappings(),
            "bill", BillConnectorProvider.mappings(),
            "cloudsuite", CloudSuiteConnectorProvider.mappings(),
            "stampli", StampliConnectorProvider.mappings(),
            "syspro", SysproConnectorProvider.mappings());

    /** What IFS Cloud calls what others call vendors and bills. */
    private static final Map<String, String> SUPPLIERS = Map.of("vendors", "suppliers", "bills", "supplier-invoices");

    @ParameterizedTest
    @ValueSource(strings = {"ifs-stripe", "stampli-ifs", "ifs-bill", "cloudsuite-stripe", "syspro-stripe"})
    void showsItsFlowsAndTheirFields(String integration) throws IOException {
        JsonNode file = JSON.readTree(
                Files.readString(Path.of("src/main/resources/io/mlconnector/examples", integration + ".json")));
        Path page = Path.of("..", "docs", "integrations", integration + ".md");
        var flows = new StringBuilder("| flow | from | to | runs |\n| --- | --- | --- | --- |\n");
        var mappings = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> flow : file.get("flows").properties()) {
            String[] from = flow.getValue().get("from").asText().split("/", 2);
            String[] to = flow.getValue().get("to").asText().split("/", 2);
            flows.append("| `%s` | `%s` | `%s` | %s |\n"
                    .formatted(
                            flow.getKey(),
                            String.join("/", from),
                            String.join("/", to),
                            runs(file.get("schedules"), flow.getKey(), flow.getValue())));
            add(mappings, type(file, from[0]), from[1], false);
            add(mappings, type(file, to[0]), to[1], true);
        }

        ReadmeTest.assertHas(page, "flows", flows.toString().strip());
        ReadmeTest.assertHas(page, "mappings", ReadmeTest.tables(mappings));
    }

    private static String type(JsonNode file, String connection) {
        return file.get("connections").get(connection).get("type").asText();
    }

    private static String runs(JsonNode schedules, String name, JsonNode flow) {
        JsonNode schedule = flow.has("every") || schedules == null
                ? flow
                : schedules.has(name) ? schedules.get(name) : schedules.get("*");
        String text = "every `" + schedule.get("every").asText() + "`";
        return schedule.has("calendar")
                ? text + ", in the calendar `" + schedule.get("calendar").asText() + "`"
                : text;
    }

    /** What an entity is read by, with its lines, or what it is written by, where rules say so. */
    private static void add(Map<String, String> chosen, String type, String entity, boolean written) {
        String role = type.equals("ifs") ? SUPPLIERS.getOrDefault(entity, entity) : entity;
        String lines = role.substring(0, role.length() - 1) + "-line";
        requireNonNull(MAPPINGS.get(type), type).forEach((key, table) -> {
            String name = key.substring(key.indexOf('/') + 1);
            boolean writes = key.startsWith("write/")
                    || (type.equals("stripe") && (name.equals("customers") || name.equals("invoices")));
            if (writes == written && !key.startsWith("cloud/") && (name.equals(role) || name.startsWith(lines))) {
                chosen.put(type + ": " + name + (written ? ", written" : ", read"), table);
            }
        });
    }
}
