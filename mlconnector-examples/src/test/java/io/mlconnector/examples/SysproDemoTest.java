package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysproDemoTest {

    @TempDir
    private Path folder;

    @Test
    void runsBothWaysWithRefundsAndDisputesAndPostsEverythingOnce() {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        try (var systems = new SysproStripeSystems(20, 60)) {
            assertThat(new Demo(systems, null, folder, out, duration -> {}).run())
                    .as(printed.toString(StandardCharsets.UTF_8))
                    .isTrue();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("80 documents, 0 doubled, 0 missing")
                .contains("disputes recorded, 0 doubled, 0 missing")
                .contains("all books balance");
    }
}
