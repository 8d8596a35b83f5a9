package io.mlconnector.jdbc.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backlog of any size passes through a small heap. The profile {@code long-backlog} takes a million records. */
class BacklogTest {

    private static final int CUSTOMERS = Integer.getInteger("backlog.customers", 50_000);

    @TempDir
    Path directory;

    @Test
    void passesThroughAHeapOf64Megabytes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        Backlog.class.getName(),
                        directory.resolve("ledger.db").toString(),
                        Integer.toString(CUSTOMERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            int changed = CUSTOMERS / 100;
            assertThat(said.lines())
                    .containsExactly(
                            "new " + CUSTOMERS + " " + CUSTOMERS + " 0 0",
                            "changed " + CUSTOMERS + " 0 " + changed + " " + (CUSTOMERS - changed));
        } finally {
            process.destroyForcibly();
        }
    }
}
