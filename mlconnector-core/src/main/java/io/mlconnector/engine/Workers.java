package io.mlconnector.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Opens the threads that an engine works with. */
@FunctionalInterface
interface Workers {

    /** Threads of the JVM that do not keep it alive. */
    Workers DAEMONS = (name, threads) -> Executors.newFixedThreadPool(threads, DaemonThreads.named(name));

    /** Returns an executor of its own, which the caller shuts down. */
    ExecutorService open(String name, int threads);
}
