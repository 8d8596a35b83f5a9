package io.mlconnector.jdbc.lease;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link Contender}, seen from the test. */
final class ContenderProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ContenderProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ContenderProcess start(String ledger, String flow, Path documents) throws IOException {
        return new ContenderProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        Contender.class.getName(),
                        ledger,
                        flow,
                        documents.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Returns the next line that the process says. */
    String hear() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("the process ended without a word");
        }
        return line;
    }

    /** Lets the process go on after a document. */
    void goOn() throws IOException {
        input.write("go on\n");
        input.flush();
    }

    /** Lets the process go on to its end, and returns what it says last. */
    String hearTheEnd() throws IOException {
        input.close();
        String line = hear();
        while (line.startsWith(Documents.SENT)) {
            line = hear();
        }
        return line;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the process, as a machine does that sleeps. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOnAfterStop() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
