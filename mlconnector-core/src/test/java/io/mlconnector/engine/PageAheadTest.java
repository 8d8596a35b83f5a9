package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PageAheadTest {

    private final List<ExecutorService> opened = new ArrayList<>();
    private final Workers workers = (name, threads) -> {
        ExecutorService executor = Workers.DAEMONS.open(name, threads);
        opened.add(executor);
        return executor;
    };

    @Test
    void pollsTheNextPageWhileOneIsWorkedOnAndNoFurther() throws InterruptedException {
        var polls = new AtomicInteger();
        var second = new CountDownLatch(1);
        Source<Customer> source = new Pages(from -> {
            if (polls.incrementAndGet() == 2) {
                second.countDown();
            }
            return page(polls.get(), false);
        });

        try (PageAhead<Customer> pages = new PageAhead<>("test", source, Position.START, workers)) {
            Page<Customer> first = pages.next();

            assertThat(first.next()).isEqualTo(new Position("1"));
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(polls).hasValue(2);
            assertThat(pages.next().next()).isEqualTo(new Position("2"));
        }
        assertThat(opened).hasSize(1).allMatch(ExecutorService::isTerminated);
    }

    @Test
    void cancelsThePollThatIsOnItsWayAndLeavesNoThreadBehind() throws InterruptedException {
        var started = new CountDownLatch(1);
        var ended = new AtomicReference<String>();
        Source<Customer> source = new Pages(from -> {
            if (from.isStart()) {
                return page(1, false);
            }
            started.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                ended.set("interrupted");
                throw new UnavailableException("interrupted", MlConnectorException.Details.NONE);
            }
        });

        try (PageAhead<Customer> pages = new PageAhead<>("test", source, Position.START, workers)) {
            pages.next();
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(ended).hasValue("interrupted");
        assertThat(opened).hasSize(1).allMatch(ExecutorService::isTerminated);
    }

    @Test
    void passesOnWhatStopsTheSource() {
        Source<Customer> source = new Pages(from -> {
            throw new UnavailableException("away", MlConnectorException.Details.NONE);
        });

        try (PageAhead<Customer> pages = new PageAhead<>("test", source, Position.START, workers)) {
            assertThatThrownBy(pages::next)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("away");
        }
        assertThat(opened).hasSize(1).allMatch(ExecutorService::isTerminated);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 15, 20, 25, 60})
    void takesHardlyLongerThanTheLargerOfFetchingAndWorkingAndFetchesNoPageTwice(long working) {
        int pages = 200;
        long fetching = 20;
        var polls = new AtomicInteger();
        var time = new FetchingTime(fetching);
        Source<Customer> source = new Pages(from -> page(polls.incrementAndGet(), polls.get() == pages));

        try (PageAhead<Customer> ahead = new PageAhead<>("test", source, Position.START, (name, threads) -> time)) {
            Page<Customer> page;
            do {
                page = ahead.next();
                time.now += working;
            } while (!page.last());
        }

        assertThat(polls).hasValue(pages);
        assertThat(time.now).isEqualTo(Math.max(fetching, working) * pages + Math.min(fetching, working));
        assertThat(time.now).isLessThanOrEqualTo(pages * Math.max(fetching, working) * 11 / 10);
    }

    private static Page<Customer> page(int number, boolean last) {
        return new Page<>(List.of(), List.of(), new Position(Integer.toString(number)), last, Notes.NONE);
    }

    /** A thread of its own in a time that is only counted: each poll begins when the one before is done, and takes the same. */
    private static final class FetchingTime extends AbstractExecutorService {

        private final long fetching;
        private long now;
        private long free;
        private boolean stopped;

        private FetchingTime(long fetching) {
            this.fetching = fetching;
        }

        @Override
        public void execute(Runnable task) {
            free = Math.max(now, free) + fetching;
            task.run();
        }

        @Override
        protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
            return new FutureTask<>(task) {

                private long done;

                @Override
                public void run() {
                    done = free;
                    super.run();
                }

                @Override
                public T get() throws InterruptedException, ExecutionException {
                    now = Math.max(now, done);
                    return super.get();
                }
            };
        }

        @Override
        public void shutdown() {
            stopped = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            stopped = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return stopped;
        }

        @Override
        public boolean isTerminated() {
            return stopped;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return stopped;
        }
    }

    private interface Polling {
        Page<Customer> poll(Position from);
    }

    private record Pages(Polling polling) implements Source<Customer> {

        @Override
        public Class<Customer> type() {
            return Customer.class;
        }

        @Override
        public Page<Customer> poll(Position from) {
            return polling.poll(from);
        }

        @Override
        public Optional<Change<Customer>> fetch(String id) {
            return Optional.empty();
        }
    }
}
