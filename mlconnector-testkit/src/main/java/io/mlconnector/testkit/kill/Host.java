package io.mlconnector.testkit.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process in which flows run, each until it is at its step or at its end; then the process is killed. */
final class Host {

    private final List<Guest> guests;
    private final Process process;
    private final Set<Guest> ready = new HashSet<>();

    private Host(List<Guest> guests, Process process) {
        this.guests = guests;
        this.process = process;
    }

    /** A flow in the process. */
    interface Guest {

        List<String> arguments();

        /** What an earlier process left is settled, and the flow is about to read. */
        void reads(Runnable atItsStep);

        /** The flow waits until it is answered. */
        void waits();

        /** The flow has come to its end, and says how. */
        void done(String end);

        /** The process is dead. */
        void dead();
    }

    static void run(Class<?> main, List<? extends Guest> guests, Duration longest)
            throws IOException, InterruptedException {
        Process process = start(main, guests);
        CompletableFuture.delayedExecutor(longest.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> process.toHandle().destroyForcibly());
        var host = new Host(List.copyOf(guests), process);
        try (BufferedReader output = process.inputReader(UTF_8);
                Writer input = process.outputWriter(UTF_8)) {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    host.hear(line, input);
                }
            } finally {
                end(process);
            }
        } finally {
            guests.forEach(Guest::dead);
        }
        if (!host.allAreReady()) {
            throw new AssertionError("the process ended, or took longer than " + longest + ", before it came to "
                    + guests + "; what it had to say is in the output of the test");
        }
    }

    private void hear(String line, Writer input) throws IOException {
        int space = line.indexOf(' ');
        Guest guest = guests.get(Integer.parseInt(line.substring(0, space)));
        String word = line.substring(space + 1);
        switch (word) {
            case Talk.READS -> guest.reads(() -> isReady(guest));
            case Talk.WAITS -> guest.waits();
            case Talk.TRAPPED -> isReady(guest);
            default -> {
                guest.done(word);
                isReady(guest);
            }
        }
        if (word.equals(Talk.READS) || word.equals(Talk.WAITS)) {
            answer(line.substring(0, space), input);
        }
    }

    private void answer(String number, Writer input) throws IOException {
        try {
            input.write(number + "\n");
            input.flush();
        } catch (IOException e) {
            if (!allAreReady()) {
                throw e;
            }
        }
    }

    private synchronized boolean allAreReady() {
        return ready.size() == guests.size();
    }

    /** Unlike {@link Process#destroyForcibly} this closes no stream that is being read. */
    private synchronized void isReady(Guest guest) {
        ready.add(guest);
        if (allAreReady()) {
            process.toHandle().destroyForcibly();
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not die");
        }
    }

    /** It lives for a second or two, so it is to start fast rather than to run fast. */
    private static Process start(Class<?> main, List<? extends Guest> guests) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Djavax.net.ssl.trustStore=NONE", // all that it calls is on this machine
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                main.getName()));
        for (Guest guest : guests) {
            command.add(Integer.toString(guest.arguments().size()));
            command.addAll(guest.arguments());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
