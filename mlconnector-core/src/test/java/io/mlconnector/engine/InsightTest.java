package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.spi.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an engine shows of its work: progress, and pieces of work to an observer. */
class InsightTest {

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final MovedTime time = new MovedTime();
    private @Nullable SyncEngine engine;

    private SyncEngine.Builder engine() {
        return SyncEngine.builder()
                .ledger(new InMemoryLedger())
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build())
                .clock(time)
                .sleeper(time);
    }

    private void backlog(int records) {
        IntStream.rangeClosed(1, records).forEach(i -> erp.customers.put(customer("" + i, "Customer " + i)));
    }

    /** Runs a pass in which every page takes two seconds, and returns the progress after each. */
    private List<Progress> progressOfARun() {
        var seen = new ArrayList<Progress>();
        engine = engine().addListener(new SyncListener() {
                    @Override
                    public void pageRead(PageRead page) {
                        time.sleep(Duration.ofSeconds(2));
                    }

                    @Override
                    public void pageSettled(FlowReport soFar) {
                        requireNonNull(engine).progress("customers").ifPresent(seen::add);
                    }
                })
                .build();
        engine.run("customers");
        return seen;
    }

    @Test
    void tellsTheRateAndTheTimeLeftWhileAFlowRuns() {
        backlog(25);
        erp.customers.counts = true;

        List<Progress> seen = progressOfARun();

        assertThat(seen).extracting(Progress::records).containsExactly(10L, 20L, 25L);
        assertThat(seen.get(0).perSecond()).isEqualTo(5);
        assertThat(seen.get(0).remaining()).hasValue(15);
        assertThat(seen.get(0).timeLeft()).hasValue(Duration.ofSeconds(3));
        assertThat(seen.get(2).remaining()).hasValue(0);
        assertThat(seen.get(2).timeLeft()).hasValue(Duration.ZERO);
        assertThat(requireNonNull(engine).progress("customers")).isEmpty();
    }

    @Test
    void takesTheRateOfTheLastMinuteAlone() {
        erp.customers.pageSize = 1;
        backlog(100);

        List<Progress> seen = progressOfARun();

        assertThat(seen).hasSize(100).allSatisfy(progress -> {
            assertThat(progress.perSecond()).isEqualTo(0.5);
            assertThat(progress.remaining()).isEqualTo(OptionalLong.empty());
            assertThat(progress.timeLeft()).isEmpty();
        });
        assertThat(seen.get(99).startedAt()).isEqualTo(seen.get(0).startedAt());
    }

    @Test
    void showsEveryPieceOfWorkToTheObserverAsItBeginsAndEnds() {
        backlog(2);
        bank.customers.maxBatch = 5;
        var seen = Collections.synchronizedList(new ArrayList<String>());
        Observer observer = new Observer() {
            @Override
            public Ending run(String flow, String run) {
                return begun("run of " + flow);
            }

            @Override
            public Ending page(String flow, String run) {
                return begun("page of " + flow);
            }

            @Override
            public Ending batch(String flow, String run, int records) {
                return begun("batch of " + records);
            }

            private Ending begun(String what) {
                seen.add(what + " begins");
                return (outcome, failure) -> seen.add(what + " ends: " + outcome);
            }
        };
        SyncEngine observed = engine().observer(observer).build();

        observed.run("customers");

        assertThat(seen)
                .startsWith("run of customers begins", "page of customers begins", "page of customers ends: ok");
        assertThat(seen.subList(3, seen.size() - 1))
                .contains("batch of 1 begins", "batch of 1 ends: ok")
                .hasSize(4);
        assertThat(seen.get(seen.size() - 1)).isEqualTo("run of customers ends: ok");

        seen.clear();
        erp.customers.failAtPoll = erp.customers.polls + 1;
        observed.run("customers");

        assertThat(seen)
                .containsExactly(
                        "run of customers begins",
                        "page of customers begins",
                        "page of customers ends: UnavailableException",
                        "run of customers ends: UnavailableException");
    }

    @Test
    void neitherAnObserverNorAListenerThatThrowsHarmsARun() {
        backlog(25);
        SyncEngine observed = engine().observer(new Observer() {
                    @Override
                    public Ending run(String flow, String run) {
                        throw new IllegalStateException("no room for a run");
                    }

                    @Override
                    public Ending page(String flow, String run) {
                        return (outcome, failure) -> {
                            throw new IllegalStateException("no room for its end");
                        };
                    }
                })
                .addListener(new SyncListener() {
                    @Override
                    public void pageRead(PageRead page) {
                        throw new IllegalStateException("not interested");
                    }
                })
                .build();

        FlowReport report = observed.run("customers");

        assertThat(report.completed()).isTrue();
        assertThat(report.count(Tally.CREATED)).isEqualTo(25);
    }
}
