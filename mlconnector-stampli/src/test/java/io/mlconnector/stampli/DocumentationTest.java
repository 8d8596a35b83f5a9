package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documentation shows is what the code does. With {@code -Ddocs.write=true} it is brought up to date. */
class DocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "stampli.md");

    @Test
    void showsTheMappings() throws IOException {
        String tables = StampliConnectorProvider.mappings().entrySet().stream()
                .map(table -> "<details><summary><code>" + table.getKey() + "</code></summary>\n\n" + table.getValue()
                        + "\n</details>")
                .collect(Collectors.joining("\n\n"));
        String text = Files.readString(DOCUMENT);
        String begin = "<!-- begin stampli mappings -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end stampli mappings -->");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + tables + "\n" + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(tables + "\n");
    }

    @Test
    void namesEverySetting() throws IOException {
        String text = Files.readString(DOCUMENT);

        for (RecordComponent setting : StampliSettings.class.getRecordComponents()) {
            assertThat(text).contains("`" + setting.getName() + "`");
        }
    }
}
