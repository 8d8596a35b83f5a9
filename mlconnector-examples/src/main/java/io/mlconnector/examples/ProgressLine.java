package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Progress;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.engine.Tally;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows on one line how far a run is, how fast, and for how much longer. */
final class ProgressLine implements SyncListener {

    private final PrintStream out;
    private @Nullable SyncEngine engine;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    /** Asks an engine for rate and time left from here on. To be called before it runs anything. */
    void ask(SyncEngine newEngine) {
        engine = requireNonNull(newEngine, "newEngine");
    }

    @Override
    public void runStarted(String flow, String run) {
        show(flow + ": reading …");
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        String pace = engine == null
                ? ""
                : engine.progress(soFar.flow()).map(ProgressLine::pace).orElse("");
        show("%s: %,d read, %,d created, %,d updated, %,d unchanged%s"
                .formatted(
                        soFar.flow(),
                        soFar.readCount(),
                        soFar.count(Tally.CREATED),
                        soFar.count(Tally.UPDATED),
                        soFar.count(Tally.UNCHANGED),
                        pace));
    }

    /** Such as {@code , 250/s, 9,000 left, about 36s}. */
    static String pace(Progress progress) {
        var pace = new StringBuilder();
        if (progress.perSecond() > 0) {
            pace.append(String.format(Locale.ROOT, ", %,.0f/s", progress.perSecond()));
        }
        progress.remaining().ifPresent(records -> pace.append(String.format(Locale.ROOT, ", %,d left", records)));
        progress.timeLeft()
                .filter(left -> !left.isZero())
                .ifPresent(left -> pace.append(", about ")
                        .append(left.toString().substring("PT".length()).toLowerCase(Locale.ROOT)));
        return pace.toString();
    }

    @Override
    public void runEnded(FlowReport report) {
        show("");
        out.print('\r');
        out.flush();
    }

    private void show(String text) {
        out.printf("\r%-79s", text);
        out.flush();
    }
}
