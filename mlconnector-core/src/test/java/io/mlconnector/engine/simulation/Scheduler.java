package io.mlconnector.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the tasks of all executors of one process on the thread that waits for one of them, in random order. */
final class Scheduler {

    private final Dice dice;
    private final List<Runnable> waiting = new ArrayList<>();

    Scheduler(Dice dice) {
        this.dice = dice;
    }

    ExecutorService executor() {
        return new SteppedExecutor();
    }

    private void runOne() {
        if (waiting.isEmpty()) {
            throw new IllegalStateException("a task is awaited that was never submitted, or was taken back");
        }
        waiting.remove(dice.below(waiting.size())).run();
    }

    private final class SteppedTask<V> extends FutureTask<V> {

        SteppedTask(Callable<V> work) {
            super(work);
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            while (!isDone()) {
                runOne();
            }
            return super.get();
        }
    }

    private final class SteppedExecutor extends AbstractExecutorService {

        private final List<Runnable> mine = new ArrayList<>();
        private boolean down;

        @Override
        protected <V> RunnableFuture<V> newTaskFor(Callable<V> work) {
            return new SteppedTask<>(work);
        }

        @Override
        protected <V> RunnableFuture<V> newTaskFor(Runnable work, V value) {
            return new SteppedTask<>(() -> {
                work.run();
                return value;
            });
        }

        @Override
        public void execute(Runnable task) {
            mine.add(task);
            waiting.add(task);
        }

        @Override
        public void shutdown() {
            down = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            down = true;
            waiting.removeAll(mine);
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return down;
        }

        @Override
        public boolean isTerminated() {
            return down;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return down;
        }
    }
}
