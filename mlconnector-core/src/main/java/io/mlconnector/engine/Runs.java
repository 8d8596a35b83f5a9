package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Source;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the runs of flows and sees to it that one flow runs once at a time. Safe for threads. */
final class Runs {

    private final Wiring wiring;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final SyncListener listener;
    private final Observer observer;
    private final AuditFeeds feeds;
    private final Turns turns = new Turns();

    Runs(
            Wiring wiring,
            Ledger ledger,
            Surroundings surroundings,
            SyncListener listener,
            Observer observer,
            AuditFeeds feeds) {
        this.wiring = wiring;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.listener = listener;
        this.observer = observer;
        this.feeds = feeds;
    }

    /** Does work under the leases of a flow, or refuses if the flow is running. */
    <R> R now(Flow<?> flow, BiFunction<Flow<?>, RunLeases, R> work) {
        return turns.now(flow, () -> leased(flow, work));
    }

    /** Does work under the leases of a flow, once the flow does not run. */
    <R> R whenFree(Flow<?> flow, BiFunction<Flow<?>, RunLeases, R> work) {
        return turns.whenFree(flow, () -> leased(flow, work));
    }

    private <R> R leased(Flow<?> flow, BiFunction<Flow<?>, RunLeases, R> work) {
        wiring.opposites().enter(flow);
        try (RunLeases leases =
                RunLeases.acquire(ledger, flow, wiring.opposites().of(flow))) {
            feeds.begin();
            return work.apply(flow, leases);
        } finally {
            feeds.wake();
            wiring.opposites().leave(flow);
        }
    }

    <T extends BusinessRecord> FlowRunner<T> runner(Flow<T> flow, RunLeases leases) {
        return runner(flow, wiring.opposites().terms(flow).policyOrDefault(), leases);
    }

    /** Before one way of a two-way flow reads, the writes that the other left open are settled: they may show up there. */
    <T extends BusinessRecord> FlowRunner<T> runner(Flow<T> flow, Flow.Conflicts policy, RunLeases leases) {
        Flow<T> opposite = wiring.opposites().of(flow);
        if (opposite == null) {
            return runner(flow, leases, null, () -> {});
        }
        FlowRunner<T> before =
                runner(opposite, leases, twoWay(opposite, flow, Flow.Conflicts.PARK_FOR_REVIEW), () -> {});
        return runner(flow, leases, twoWay(flow, opposite, policy), before::recoverOnly);
    }

    private <T extends BusinessRecord> TwoWay<T> twoWay(Flow<T> flow, Flow<T> opposite, Flow.Conflicts policy) {
        Source<T> here = wiring.source(flow);
        Source<T> there = wiring.source(opposite);
        return new TwoWay<>(
                flow,
                opposite,
                here,
                there,
                wiring.opposites().terms(flow).withPolicy(policy),
                Echoes.between(wiring.sink(opposite).lineage(), here.lineage()),
                Echoes.between(wiring.sink(flow).lineage(), there.lineage()),
                ledger);
    }

    private <T extends BusinessRecord> FlowRunner<T> runner(
            Flow<T> flow, RunLeases leases, @Nullable TwoWay<T> twoWay, Runnable beforehand) {
        return new FlowRunner<>(
                flow,
                new RunWork(flow.name(), UUID.randomUUID().toString(), observer),
                wiring.source(flow),
                wiring.sink(flow),
                ledger,
                leases.of(flow),
                surroundings,
                listener,
                twoWay,
                beforehand);
    }

    <T extends BusinessRecord> Plan foresee(Flow<T> flow) {
        Flow<T> opposite = wiring.opposites().of(flow);
        TwoWay<T> twoWay = opposite == null
                ? null
                : twoWay(flow, opposite, wiring.opposites().terms(flow).policyOrDefault());
        return new Foresight<>(
                        flow,
                        wiring.source(flow),
                        ledger,
                        twoWay,
                        Math.max(1, wiring.sink(flow).maxBatch()),
                        surroundings.workers())
                .plan();
    }
}
