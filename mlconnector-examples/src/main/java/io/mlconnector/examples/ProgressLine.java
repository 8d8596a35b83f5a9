package io.mlconnector.examples;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.engine.Tally;
import java.io.PrintStream;

/** Shows on one line how far a run is. */
final class ProgressLine implements SyncListener {

    private final PrintStream out;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public void runStarted(String flow, String run) {
        show(flow + ": reading …");
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        show("%s: %,d read, %,d created, %,d updated, %,d unchanged"
                .formatted(
                        soFar.flow(),
                        soFar.readCount(),
                        soFar.count(Tally.CREATED),
                        soFar.count(Tally.UPDATED),
                        soFar.count(Tally.UNCHANGED)));
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
