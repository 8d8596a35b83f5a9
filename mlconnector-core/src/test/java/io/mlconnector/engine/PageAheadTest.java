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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static Page<Customer> page(int number, boolean last) {
        return new Page<>(List.of(), List.of(), new Position(Integer.toString(number)), last, Notes.NONE);
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
