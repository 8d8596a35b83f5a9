package io.mlconnector.jdbc.kill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The processes that run one flow after each other on one ledger, against one bank. */
final class Life {

    private final Bank bank;
    private final String ledger;
    private final int customers;
    private final Duration settleTime;
    private final Path secondLog;
    private int landed;

    Life(Bank bank, String ledger, int customers, Duration settleTime, Path secondLog) {
        this.bank = bank;
        this.ledger = ledger;
        this.customers = customers;
        this.settleTime = settleTime;
        this.secondLog = secondLog;
    }

    /** Starts a process and kills it on its way. */
    void kill(Kill kill) throws IOException, InterruptedException {
        if (!kill.atBank()) {
            assertThat(talk(kill, Hold.SIGNAL)).isEqualTo(Hold.SIGNAL);
            return;
        }
        try (Bank.Snare snare = bank.trap(kill)) {
            Process child = start(Kill.NEVER);
            try {
                assertThat(snare.awaitCaught(60)).isTrue();
            } finally {
                end(child);
            }
        }
    }

    /** Starts a process, lets it come to its end, and returns what it says then. */
    String finish() throws IOException, InterruptedException {
        return talk(Kill.NEVER, Child.DONE);
    }

    /** How many requests took effect while a process waited. */
    int landed() {
        return landed;
    }

    private String talk(Kill kill, String lastWord) throws IOException, InterruptedException {
        Process child = start(kill);
        try (BufferedReader output = child.inputReader(UTF_8);
                Writer input = child.outputWriter(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(lastWord)) {
                    return line;
                }
                assertThat(line).isEqualTo(Child.WAITS);
                landed += bank.land();
                input.write('\n');
                input.flush();
            }
            throw new AssertionError("the process ended without a word");
        } finally {
            end(child);
        }
    }

    private static void end(Process child) throws InterruptedException {
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(Kill kill) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        Child.class.getName(),
                        ledger,
                        Integer.toString(customers),
                        bank.uri().toString(),
                        settleTime.toString(),
                        kill.place().name(),
                        Integer.toString(kill.times()),
                        secondLog.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
