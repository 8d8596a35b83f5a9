package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mlconnector.bill.BillConnectorProvider;
import io.mlconnector.cloudsuite.CloudSuiteConnectorProvider;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import io.mlconnector.ifs.IfsConnectorProvider;
import io.mlconnector.stampli.StampliConnectorProvider;
import io.mlconnector.stripe.StripeConnectorProvider;
import io.mlconnector.syspro.SysproConnectorProvider;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the pages of the systems show is what the code does. With {@code -Dreadme.write=true} they are brought up to date. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    @Test
    void showsTheEmbeddingExampleThatRuns(@TempDir Path folder) throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/mlconnector/examples/Embedding.java"));
        String example =
                source.substring(source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("// end"));

        assertReadmeHas("embedding", "```java\n" + example.stripTrailing().stripIndent() + "\n```");

        try (IfsSandbox ifs = IfsSandbox.start();
                StripeSandbox stripe = StripeSandbox.start()) {
            IfsDemoData.seeded(1, Instant.now(), 3, 5).loadInto(ifs);
            List<FlowReport> reports = Embedding.sync(
                    Map.of(
                            "baseUrl", ifs.baseUrl().toString(),
                            "tokenUrl", ifs.tokenUrl().toString(),
                            "clientId", ifs.clientId(),
                            "clientSecret", ifs.clientSecret(),
                            "company", "10"),
                    Map.of(
                            "apiKey",
                            stripe.apiKey(),
                            "baseUrl",
                            stripe.baseUrl().toString()),
                    folder.resolve("ledger.db"));

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.balanced()).isTrue());
            assertThat(reports)
                    .extracting(report -> report.count(Tally.CREATED))
                    .containsExactly(3L, 5L);
            assertThat(stripe.invoices()).hasSize(5);
        }
    }

    @Test
    void showsTheConfigurationOfTheExample() throws IOException {
        String file = Files.readString(Path.of("src/main/resources/io/mlconnector/examples/ifs-stripe.json"));

        assertReadmeHas("configuration", "```json\n" + file.strip() + "\n```");
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void thePageOfASystemShowsItsMappingTables(String page, Map<String, String> mappings) throws IOException {
        assertHas(Path.of("..", "docs", page), "mappings", tables(mappings));
    }

    private static Stream<Arguments> mappings() {
        return Stream.of(
                arguments("ifs.md", IfsConnectorProvider.mappings()),
                arguments("stripe.md", StripeConnectorProvider.mappings()),
                arguments("bill.md", BillConnectorProvider.mappings()),
                arguments("cloudsuite.md", CloudSuiteConnectorProvider.mappings()),
                arguments("stampli.md", StampliConnectorProvider.mappings()),
                arguments("syspro.md", SysproConnectorProvider.mappings()));
    }

    static String tables(Map<String, String> mappings) {
        return mappings.entrySet().stream()
                .map(mapping -> "<details><summary><code>" + mapping.getKey() + "</code></summary>\n\n"
                        + mapping.getValue().strip() + "\n\n</details>\n")
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static void assertReadmeHas(String name, String text) throws IOException {
        assertHas(README, name, text);
    }

    static void assertHas(Path file, String name, String text) throws IOException {
        String page = Files.readString(file);
        String begin = "<!-- begin " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end " + name + " -->");
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(file, page.substring(0, from) + text + "\n" + page.substring(to));
        } else {
            assertThat(page.substring(from, to).strip()).isEqualTo(text.strip());
        }
    }
}
