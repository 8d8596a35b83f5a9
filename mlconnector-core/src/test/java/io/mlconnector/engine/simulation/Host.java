package io.mlconnector.engine.simulation;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SteppedEngines;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.LedgerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process with an engine. It may die at every step; then nothing of it but the ledger is left. */
final class Host {

    private static final Duration LONGEST_STEP = Duration.ofMillis(900);

    final World world;
    final Deliveries deliveries = new Deliveries();
    private final String name;
    private final SyncEngine engine;
    private boolean dead;
    private boolean overtaken;

    Host(World world, String name) {
        this.world = world;
        this.name = name;
        var scheduler = new Scheduler(world.dice);
        SyncEngine.Builder builder = SteppedEngines.onExecutors(SyncEngine.builder(), scheduler::executor)
                .ledger(world.plant.ledger(new WatchedLedger(this)))
                .clock(world.time)
                .sleeper(duration -> {
                    step("before waiting");
                    world.time.sleep(duration);
                    step("after waiting");
                })
                .random(new Random(world.dice.below(1000)))
                .addConnection(SimulatedConnector.erp(this))
                .addConnection(SimulatedConnector.bank(this));
        world.entities().forEach(entity -> builder.addFlow(flow(entity)));
        this.engine = builder.build();
    }

    private <T extends BusinessRecord> Flow<T> flow(Entity<T> entity) {
        return Flow.of(entity.name(), entity.type())
                .from("erp/" + entity.name())
                .to("bank/" + entity.name())
                .lanes(world.lanes)
                .batch(world.batch)
                .build();
    }

    boolean dead() {
        return dead;
    }

    /** Time goes on a little, somebody may edit at the source, and the process may die. */
    void step(String what) {
        if (dead) {
            throw new Crash(what);
        }
        world.time.sleep(world.dice.upTo(LONGEST_STEP));
        if (world.strikes(Fault.EDIT)) {
            world.edit();
        }
        if (world.strikes(Fault.CRASH)) {
            dead = true;
            world.trace.add(name + " dies: " + what);
            throw new Crash(what);
        }
    }

    /** While this process stands still, another one may take over the flow and run a whole pass. */
    void mayBeOvertaken(String flow) {
        if (!overtaken && name.equals("main") && world.strikes(Fault.TAKEOVER)) {
            overtaken = true;
            new Host(world, "other").run(flow);
            overtaken = false;
        }
    }

    /** Runs one pass; null if it did not come to a report. */
    @Nullable FlowReport run(String flow) {
        return attempt(flow, () -> engine.run(flow));
    }

    @Nullable FlowReport replay(String flow, List<RecordKey> keys) {
        return attempt(flow, () -> engine.replay(flow, keys));
    }

    private @Nullable FlowReport attempt(String flow, Supplier<FlowReport> work) {
        deliveries.begin(flow);
        world.trace.add(name + " begins " + flow);
        try {
            FlowReport report = work.get();
            world.trace.add(name + " ends " + flow + ": " + shown(report));
            new BooksCheck(world).check(report, deliveries.of(flow));
            return report;
        } catch (LedgerException | TornConnection e) {
            world.trace.add(name + " ends " + flow + " with " + e.getClass().getSimpleName());
            return null;
        } catch (RuntimeException | Error e) {
            if (!dead) {
                throw e;
            }
            world.trace.add(name + " is dead");
            return null;
        }
    }

    private static String shown(FlowReport report) {
        return Map.of("read", report.read()) + " " + report.outcomes() + " abandoned " + report.abandoned()
                + " recovered " + report.recovered() + " failure "
                + report.failureReason().orElse("none");
    }
}
