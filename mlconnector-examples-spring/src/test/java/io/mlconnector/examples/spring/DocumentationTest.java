package io.mlconnector.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/spring-boot.md shows is the code that runs here. With {@code -Dreadme.write=true} the page is brought up to date. */
class DocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "spring-boot.md");

    @ParameterizedTest
    @ValueSource(strings = {"SyncConfiguration", "SyncPasses", "SyncHealthIndicator"})
    void showsTheClass(String name) throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/mlconnector/examples/spring/" + name + ".java"));

        assertShown(name, "```java\n" + source.substring(source.indexOf("/** ")).strip() + "\n```");
    }

    @Test
    void showsTheSettingsOfTheApplication() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application.properties"));

        assertShown("application", "```properties\n" + settings.strip() + "\n```");
    }

    private static void assertShown(String name, String text) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- begin " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end " + name + " -->");
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(PAGE, page.substring(0, from) + text + "\n" + page.substring(to));
        } else {
            assertThat(page.substring(from, to).strip()).isEqualTo(text);
        }
    }
}
