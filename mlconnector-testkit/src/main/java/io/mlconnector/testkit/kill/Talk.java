package io.mlconnector.testkit.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a process that is killed speaks with the test: a line out for each thing that a flow has to say, which begins with the number of
 * the flow, and that number back on a line as answer.
 */
final class Talk {

    static final String WAITS = "WAITS";
    static final String READS = "READS";
    static final String TRAPPED = "TRAPPED";
    static final String DONE = "DONE";
    static final String TO_ITS_END = "TO_ITS_END";

    private final PrintStream out = System.out;
    private final List<Semaphore> answers = new ArrayList<>();

    private Talk() {}

    /** Arguments, for each flow: the number of its arguments, then its step, the times, and its own. */
    static void start(String[] arguments, Consumer<KilledProcess> life) {
        var talk = new Talk();
        var flows = new ArrayList<KilledProcess>();
        for (int at = 0; at < arguments.length; at += 1 + Integer.parseInt(arguments[at])) {
            List<String> own = List.of(arguments).subList(at + 1, at + 1 + Integer.parseInt(arguments[at]));
            @Nullable KillStep step = own.get(0).equals(TO_ITS_END) ? null : KillStep.valueOf(own.get(0));
            flows.add(new KilledProcess(
                    talk, flows.size(), step, Integer.parseInt(own.get(1)), own.subList(2, own.size())));
            talk.answers.add(new Semaphore(0));
        }
        var listener = new Thread(talk::listen, "answers");
        listener.setDaemon(true);
        listener.start();
        for (KilledProcess flow : flows) {
            var thread = new Thread(() -> life.accept(flow));
            thread.setUncaughtExceptionHandler(Talk::failed);
            thread.start();
        }
    }

    /** The test, which reads until the process ends, sees why in the error output. */
    private static void failed(Thread thread, Throwable why) {
        why.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    /** A process whose test is gone goes, too. */
    private void listen() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.get(Integer.parseInt(line)).release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Says something, and goes on once the test has answered. */
    void ask(int flow, String what) {
        say(flow, what);
        answers.get(flow).acquireUninterruptibly();
    }

    void say(int flow, String what) {
        synchronized (out) {
            out.println(flow + " " + what);
            out.flush();
        }
    }
}
