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

class DemoTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void showsThatEveryRunDoesWhatIsLeftToDo() throws IOException {
        try (var systems = new IfsStripeSystems(20, 40)) {
            assertThat(run(systems, null)).as(output()).isTrue();
        }

        assertThat(output())
                .contains("60 documents, 0 doubled, 0 missing", "disputes recorded, 0 doubled, 0 missing")
                .doesNotContain("chaos");
        assertThat(folder.resolve("reconciliation.html")).isNotEmptyFile();
        assertThat(report().path("runs"))
                .extracting(run -> run.path("flows").path(1).path("created").asInt())
                .containsExactly(40, 0, 0, 0, 0);
        assertThat(report().has("chaos")).isFalse();
    }

    @Test
    void movesSuppliersBothWaysAndShowsWhatBillHasPaid() throws IOException {
        try (var systems = new IfsBillSystems(12, 60)) {
            assertThat(run(systems, null)).as(output()).isTrue();
        }

        assertThat(output()).contains("75 documents, 0 doubled, 0 missing", "all books balance");
        assertThat(report().path("runs"))
                .extracting(run -> run.path("name").asText())
                .containsExactly(
                        "first", "second", "edit", "entered", "paid", "voided", "both sides", "converged", "silent");
    }

    @Test
    void doublesAndLosesNothingThroughChaosAndAKilledProcess() throws IOException {
        try (var systems = new IfsStripeSystems(20, 40)) {
            assertThat(run(systems, systems.unleash())).as(output()).isTrue();
        }

        assertThat(output()).contains("SIGKILL", "60 documents, 0 doubled, 0 missing", "all books balance");
        JsonNode chaos = report().path("chaos");
        assertThat(chaos.path("Stripe answers to a dead process").asInt()).isEqualTo(1);
        assertThat(chaos.path("Stripe 500 that hid an effect").asInt()).isPositive();
        assertThat(chaos.path("IFS Cloud 503").asInt()).isPositive();
        assertThat(chaos.path("processes killed").asInt()).isEqualTo(1);
        assertThat(chaos.path("writes looked up after the kill").asInt()).isEqualTo(40);
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
