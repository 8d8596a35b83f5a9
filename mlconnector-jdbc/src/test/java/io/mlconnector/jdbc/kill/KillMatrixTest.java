package io.mlconnector.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that runs a flow is killed with SIGKILL at every step, and started again. The target knows no idempotency
 * key, and a request may take effect after its sender is dead. Documents are counted at the target.
 */
@Timeout(120)
class KillMatrixTest {

    private static final int CUSTOMERS = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void everyRecordHasOneDocumentAlthoughTheProcessWasKilled(Step step) throws Exception {
        try (Bank bank = new Bank()) {
            kill(bank, step == Step.IN_RECOVERY ? Step.AFTER_COMMIT : step);
            if (step == Step.IN_RECOVERY) {
                kill(bank, step);
            }

            String end = runToTheEnd(bank);

            assertThat(end)
                    .contains("completed=true", "balanced=true", "inDoubt=0", "links=" + CUSTOMERS, "audit=whole");
            Map<String, List<String>> documents = bank.documents();
            assertThat(documents).hasSize(CUSTOMERS);
            assertThat(documents).allSatisfy((key, ids) -> assertThat(ids).hasSize(1));
        }
    }

    private void kill(Bank bank, Step step) throws IOException, InterruptedException {
        boolean atBank = step == Step.IN_FLIGHT || step == Step.AFTER_COMMIT;
        if (atBank) {
            bank.trap(730, step == Step.IN_FLIGHT);
        }
        Process child = start(bank, atBank ? Step.NEVER : step, passes(step));
        try {
            if (atBank) {
                assertThat(bank.awaitTrapped(60)).isTrue();
            } else {
                try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
                    assertThat(output.readLine()).isEqualTo(Trap.SIGNAL);
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Not at the first chance, but somewhere in the middle of the run. */
    private static int passes(Step step) {
        return switch (step) {
            case AFTER_ANSWER -> 730;
            case AFTER_INTENT, IN_SETTLE -> 8;
            case BEFORE_POSITION -> 3;
            case IN_RECOVERY, IN_FLIGHT, AFTER_COMMIT, NEVER -> 1;
        };
    }

    private String runToTheEnd(Bank bank) throws IOException, InterruptedException {
        Process child = start(bank, Step.NEVER, 0);
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            assertThat(line).startsWith(Child.DONE);
            return line;
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    private Process start(Bank bank, Step step, int passes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        Child.class.getName(),
                        folder.resolve("ledger.db").toString(),
                        bank.uri().toString(),
                        Integer.toString(CUSTOMERS),
                        step.name(),
                        Integer.toString(passes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
