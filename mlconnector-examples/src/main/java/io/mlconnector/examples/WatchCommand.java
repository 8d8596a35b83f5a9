package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncListener;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

@Command(
        name = "watch",
        description = "Runs flows by their schedules until it is interrupted, and then lets the running pass end.")
final class WatchCommand extends OnConfiguration {

    @Override
    Integration open() {
        return openWithProgress(new SyncListener() {
            @Override
            public void runEnded(FlowReport report) {
                BooksOutput.print(List.of(report), WatchCommand.this);
            }
        });
    }

    @Override
    int on(Integration integration) {
        var end = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        integration.start();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            integration.close();
            closed.countDown();
        }
        return 0;
    }
}
