package io.mlconnector.engine.simulation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What happened in a simulation, and what must not have happened. */
final class Trace {

    private final InstantSource clock;
    private final List<String> lines = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<Fault> met = EnumSet.noneOf(Fault.class);
    private int doubled;
    private int lost;

    Trace(InstantSource clock) {
        this.clock = clock;
    }

    void add(String line) {
        lines.add(clock.instant() + " " + line);
    }

    /** A fault has happened. */
    void met(Fault fault) {
        met.add(fault);
    }

    void violation(String line) {
        add("VIOLATION " + line);
        violations.add(line);
    }

    /** A record has got one document more than it should have. */
    void doubled(String line) {
        doubled++;
        violation(line);
    }

    /** A record has no document. */
    void lost(String line) {
        lost++;
        violation(line);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            violation(otherwise);
        }
    }

    List<String> lines() {
        return lines;
    }

    Set<Fault> met() {
        return met;
    }

    int doubled() {
        return doubled;
    }

    int lost() {
        return lost;
    }

    List<String> violations() {
        return violations;
    }
}
