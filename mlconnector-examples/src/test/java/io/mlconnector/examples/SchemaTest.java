package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mlconnector.config.Integration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema of configurations, and the page that is made of it. With {@code -Dreadme.write=true} both are brought up to date. */
class SchemaTest {

    private static final Path PUBLISHED = Path.of("..", "mlconnector-bom", "src", "schema", "mlconnector.schema.json");
    private static final Path PAGE = Path.of("..", "docs", "settings.md");
    private static final Path EXAMPLES = Path.of("src/main/resources/io/mlconnector/examples");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private static final String SCHEMA = Integration.schema();

    private final Schema schema;

    SchemaTest() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.readTree(SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"books", "ifs-stripe", "stampli-ifs", "ifs-bill", "cloudsuite-stripe", "syspro-stripe"})
    void everyExampleIsValid(String example) throws IOException {
        assertThat(faults(Files.readString(EXAMPLES.resolve(example + ".json"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| connections",
                "{'connections':{},'flows':{}}| connections",
                "{'connections':{'a':{'type':'strpe'}},'flows':{'f':{'from':'a/b','to':'a/c'}}}| /connections/a/type",
                "{'connections':{'a':{'type':'stripe'}},'flows':{'f':{'from':'a/b','to':'a/c'}}}| apiKey",
                "{'connections':{'a':{'type':'stripe','apiKey':'k','mod':'draft'}},'flows':{'f':{'from':'a/b','to':'a/c'}}}| mod",
                "{'connections':{'a':{'type':'stripe','apiKey':'k','mode':'drft'}},'flows':{'f':{'from':'a/b','to':'a/c'}}}| /connections/a/mode",
                "{'connections':{'a':{'type':'stripe','apiKey':'k'}},'flows':{'f':{'from':'a/b','to':'a/c','lanes':65}}}| /flows/f/lanes",
                "{'connections':{'a':{'type':'stripe','apiKey':'k'}},'flows':{'f':{'from':'a/b','to':'a/c','every':'5m'}}}| /flows/f/every",
                "{'ledger':{'type':'sqlite'},'connections':{'a':{'type':'stripe','apiKey':'k'}},'flows':{'f':{'from':'a/b'}}}| to"
            })
    void whatTheLibraryRefusesIsInvalid(String configuration, String place) throws IOException {
        assertThat(faults(configuration.replace('\'', '"'))).anyMatch(fault -> fault.contains(place));
    }

    @Test
    void thePublishedSchemaIsThatOfTheCode() throws IOException {
        assertFileIs(PUBLISHED, SCHEMA);
    }

    @Test
    void thePageOfSettingsShowsAllOfThem() throws IOException {
        assertFileIs(PAGE, page(JSON.readTree(SCHEMA)));
    }

    private List<String> faults(String configuration) throws IOException {
        return schema.validate(JSON.readTree(configuration)).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static String page(JsonNode schema) {
        var page = new StringBuilder("""
                # Settings

                Every setting of a configuration with what it takes and its default, as the code reads it; the
                [JSON Schema](../mlconnector-bom/src/schema/mlconnector.schema.json) says the same to an editor, and
                `mlconnector schema` prints it. What a setting means stands on the page of its system. Bold settings must be given, some
                others only beside another setting. Any value may be a placeholder, `${env:NAME}`, `${env:NAME:-default}` or
                `${secret:NAME}`. Which fields a mapping has, with its defaults, its system's page shows.
                """);
        JsonNode properties = schema.get("properties");
        section(page, "Flows", properties.get("flows").get("additionalProperties"));
        section(page, "Schedules", properties.get("schedules").get("additionalProperties"));
        section(page, "Calendars", properties.get("calendars").get("additionalProperties"));
        section(page, "Scheduler", properties.get("scheduler"));
        section(page, "Credentials", properties.get("credentials"));
        for (Map.Entry<String, JsonNode> shape : schema.get("$defs").properties()) {
            String[] words = shape.getKey().split("-", 2);
            if (words[0].equals("mapping")) {
                continue;
            }
            section(
                    page,
                    (words[0].equals("ledger") ? "Ledger" : "Connection") + " `" + words[1] + "`",
                    shape.getValue());
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String title, JsonNode shape) {
        var rows = new ArrayList<String>();
        rows(rows, "", shape);
        page.append("\n## ").append(title).append("\n\n| Setting | Takes | Default |\n| --- | --- | --- |\n");
        rows.forEach(page::append);
    }

    private static void rows(List<String> rows, String prefix, JsonNode shape) {
        for (Map.Entry<String, JsonNode> property : shape.path("properties").properties()) {
            String name = prefix + property.getKey();
            JsonNode value = property.getValue();
            if (value.path("properties").valueStream().anyMatch(rule -> rule.has("$ref"))) {
                rows.add("| `" + name + ".<field>` | `from`, `table`, `default` of a rule | |\n");
            } else if (value.has("properties")) {
                rows(rows, name + ".", value);
                JsonNode others = value.get("additionalProperties");
                if (others != null && others.isObject()) {
                    rows(rows, name + ".<name>.", others);
                }
            } else if (!value.isEmpty() && !name.equals("type")) {
                boolean required = shape.path("required")
                        .valueStream()
                        .anyMatch(word -> word.asText().equals(property.getKey()));
                rows.add("| " + (required ? "**`" + name + "`**" : "`" + name + "`") + " | " + takes(value) + " | "
                        + (value.has("default") ? "`" + value.get("default").asText() + "`" : "") + " |\n");
            }
        }
    }

    private static String takes(JsonNode value) {
        JsonNode first = value.path("anyOf").path(0);
        if (first.has("enum")) {
            return first.get("enum")
                    .valueStream()
                    .map(word -> "`" + word.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (first.has("minimum")) {
            return "a whole number from " + first.get("minimum").asText() + " to "
                    + first.get("maximum").asText();
        }
        if (value.has("additionalProperties")) {
            return "texts by name";
        }
        if (value.has("items")) {
            return value.has("writeOnly") ? "a secret or a list of secrets" : "a text or a list of texts";
        }
        if (value.path("pattern").asText().startsWith("^(https")) {
            return "an address";
        }
        if (value.path("pattern").asText().startsWith("^([Pp]")) {
            return "a duration such as `PT5M`";
        }
        if (value.has("writeOnly")) {
            return "a secret";
        }
        return value.path("type").asText().equals("boolean") ? "`true` or `false`" : "a text";
    }

    private static void assertFileIs(Path file, String text) throws IOException {
        if (Boolean.getBoolean("readme.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } else {
            assertThat(file).content().isEqualTo(text);
        }
    }
}
