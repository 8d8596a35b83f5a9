package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.cloudsuite.CloudSuiteConnectorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/cloudsuite.md shows is what the code does. With {@code -Dreadme.write=true} it is brought up to date. */
class CloudSuiteDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "cloudsuite.md");
    private static final String BEGIN = "<!-- begin cloudsuite mappings -->\n";
    private static final String END = "<!-- end cloudsuite mappings -->";

    @Test
    void showsTheMappings() throws IOException {
        String tables = CloudSuiteConnectorProvider.mappings().entrySet().stream()
                .map(mapping -> "### `" + mapping.getKey() + "`\n\n"
                        + mapping.getValue().strip() + "\n")
                .collect(Collectors.joining("\n"));
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + tables + document.substring(to));
        } else {
            assertThat(document.substring(from, to)).isEqualTo(tables);
        }
    }
}
