package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudSuiteDemoTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void balancesToTheCentAlthoughATenthOfTheWritesLosesItsAnswer() throws IOException {
        try (var systems = new CloudSuiteStripeSystems(20, 60)) {
            assertThat(run(systems, null)).as(output()).isTrue();
            assertThat(systems.answersLost()).isPositive();
        }

        assertThat(output())
                .contains(
                        "80 documents, 0 doubled, 0 missing",
                        "1 subscription payment",
                        "recorded, 0 doubled, 0 missing");
        assertThat(report().path("runs"))
                .extracting(run -> run.path("flows").path(1).path("created").asInt())
                .containsExactly(60, 0, 0, 0, 0);
    }

    @Test
    void doublesAndLosesNothingThroughChaosAndAKilledProcess() throws IOException {
        try (var systems = new CloudSuiteStripeSystems(20, 40)) {
            assertThat(run(systems, systems.unleash())).as(output()).isTrue();
        }

        assertThat(output()).contains("SIGKILL", "60 documents, 0 doubled, 0 missing", "all books balance");
        assertThat(report().path("chaos").path("CloudSuite 429").asInt()).isPositive();
    }

    /** Waits take no time: what would be waited for has happened already on a loopback. */
    private boolean run(DemoSystems systems, @Nullable Chaos chaos) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Demo(systems, chaos, folder, out, duration -> {}).run();
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
