package io.mlconnector.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends an executor and waits for what it is doing; an interrupt is passed on to that, and kept. */
final class Termination {

    private Termination() {}

    static void await(ExecutorService executor) {
        executor.shutdown();
        boolean interrupted = false;
        try {
            while (!executor.isTerminated()) {
                try {
                    if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                        break;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    executor.shutdownNow();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
