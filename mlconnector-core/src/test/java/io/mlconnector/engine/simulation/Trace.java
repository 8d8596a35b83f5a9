package io.mlconnector.engine.simulation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What happened in a simulation, and what must not have happened. */
final class Trace {

    private final InstantSource clock;
    private final List<String> lines = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    Trace(InstantSource clock) {
        this.clock = clock;
    }

    void add(String line) {
        lines.add(clock.instant() + " " + line);
    }

    void violation(String line) {
        add("VIOLATION " + line);
        violations.add(line);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            violation(otherwise);
        }
    }

    List<String> lines() {
        return lines;
    }

    List<String> violations() {
        return violations;
    }
}
