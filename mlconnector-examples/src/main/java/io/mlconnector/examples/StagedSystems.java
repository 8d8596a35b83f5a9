package io.mlconnector.examples;

import io.mlconnector.engine.SyncEngine;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Systems where more happens between the runs. */
interface StagedSystems extends DemoSystems {

    /** Returns what happens, in order; after each, every flow runs once. */
    List<Stage> stages();

    /**
     * What happens before a run.
     *
     * @param name of the run
     * @param happens does it, by the engine too where an operator would, and says what
     * @param faults what is wrong after the run
     */
    record Stage(String name, Function<SyncEngine, String> happens, Supplier<List<String>> faults) {

        /** A stage that happens at the systems alone. */
        static Stage of(String name, Supplier<String> happens, Supplier<List<String>> faults) {
            return new Stage(name, engine -> happens.get(), faults);
        }
    }
}
