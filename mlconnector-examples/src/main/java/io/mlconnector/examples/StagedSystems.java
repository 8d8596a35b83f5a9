package io.mlconnector.examples;

import java.util.List;
import java.util.function.Supplier;

/** Systems where more happens between the runs. */
interface StagedSystems extends DemoSystems {

    /** Returns what happens, in order; after each, every flow runs once. */
    List<Stage> stages();

    /**
     * What happens before a run.
     *
     * @param name of the run
     * @param happens does it, and says what
     * @param faults what is wrong after the run
     */
    record Stage(String name, Supplier<String> happens, Supplier<List<String>> faults) {}
}
