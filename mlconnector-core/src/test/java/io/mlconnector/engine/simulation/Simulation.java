package io.mlconnector.engine.simulation;

import io.mlconnector.engine.FlowReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One life of an integration: passes with faults and edits between them, then peace, mending and rest. */
final class Simulation {

    private static final int MENDING_ROUNDS = 4;

    private final World world;
    private Host host;

    private Simulation(long seed, Plant plant) {
        world = new World(seed, plant);
        host = new Host(world, "main");
    }

    /** Returns what happened; the same for the same seed, always. */
    static Trace run(long seed, Plant plant) {
        var simulation = new Simulation(seed, plant);
        try {
            simulation.live();
        } catch (RuntimeException e) {
            simulation.world.trace.violation("the engine threw " + e);
        }
        return simulation.world.trace;
    }

    private void live() {
        int passes = 2 + world.dice.below(4);
        for (int pass = 0; pass < passes; pass++) {
            int edits = world.dice.below(10);
            Duration gap = Duration.ofSeconds(world.dice.chance(50) ? 1 : 12);
            for (int edit = 0; edit < edits; edit++) {
                world.edit();
                world.time.sleep(world.dice.upTo(gap));
            }
            world.time.sleep(world.dice.upTo(Duration.ofSeconds(world.dice.chance(50) ? 2 : 120)));
            for (Entity<?> entity : order()) {
                living().run(entity.name());
            }
        }
        mend();
    }

    private List<Entity<?>> order() {
        List<Entity<?>> order = new ArrayList<>(world.entities());
        if (world.dice.chance(25)) {
            Collections.reverse(order);
        }
        return order;
    }

    private Host living() {
        if (host.dead() || world.dice.chance(10)) {
            host = new Host(world, "main");
        }
        return host;
    }

    private void mend() {
        world.dice.calm();
        world.trace.add("peace");
        world.makeReferenced();
        Person person = new Person(world);
        for (int round = 0; round < MENDING_ROUNDS; round++) {
            world.time.sleep(Duration.ofSeconds(60));
            person.mend(living());
            world.entities().forEach(entity -> runWell(entity.name()));
        }
        int before = effects();
        world.time.sleep(Duration.ofSeconds(60));
        world.entities().forEach(entity -> runWell(entity.name()));
        world.trace.require(effects() == before, "the engine does not come to rest");
        new EndCheck(world, person).check();
    }

    private int effects() {
        return world.entities().stream()
                .mapToInt(entity -> entity.documents().effects())
                .sum();
    }

    private void runWell(String flow) {
        FlowReport report = living().run(flow);
        world.trace.require(report != null && report.completed(), "a run of " + flow + " fails without a fault");
    }
}
