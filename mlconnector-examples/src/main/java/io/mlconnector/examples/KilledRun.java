package io.mlconnector.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process of its own that runs every flow of a configuration, and is killed on its way. */
final class KilledRun {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final int MOST_LETTERS = 4_000;

    private KilledRun() {}

    /** Returns the id of the process, which is dead by then: it had no chance to tidy up. */
    static long of(Path configuration, Map<String, String> environment, Path log, Chaos chaos) {
        var launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        "run",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        launcher.environment().putAll(environment);
        try {
            Process process = launcher.start();
            try {
                awaitMiddle(process, chaos);
            } finally {
                process.destroyForcibly().waitFor(); // SIGKILL
                chaos.letGo();
            }
            return process.pid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the process was killed", e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("the run to be killed did not come to its middle: " + end(log), e);
        }
    }

    private static void awaitMiddle(Process process, Chaos chaos) throws InterruptedException {
        for (Duration waited = LOOK_AGAIN; ; waited = waited.plus(LOOK_AGAIN)) {
            try {
                chaos.awaitMiddle(LOOK_AGAIN);
                return;
            } catch (IllegalStateException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it ended by itself with code " + process.exitValue(), e);
                }
                if (waited.compareTo(LONGEST) >= 0) {
                    throw e;
                }
            }
        }
    }

    /** What the process said last, because its log goes with the folder of a test. */
    private static String end(Path log) {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - MOST_LETTERS)).strip();
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }
}
