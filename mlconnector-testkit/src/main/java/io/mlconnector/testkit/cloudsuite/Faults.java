package io.mlconnector.testkit.cloudsuite;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are still to strike. Safe for threads. */
final class Faults {

    private static final class Planned {
        private final Predicate<CloudSuiteRequest> condition;
        private final CloudSuiteFault fault;
        private int remaining;

        Planned(int times, Predicate<CloudSuiteRequest> condition, CloudSuiteFault fault) {
            this.remaining = times;
            this.condition = condition;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    synchronized void add(int times, Predicate<CloudSuiteRequest> condition, CloudSuiteFault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault strikes at least once, not " + times + " times");
        }
        planned.add(new Planned(times, condition, fault));
    }

    synchronized void clear() {
        planned.clear();
    }

    synchronized Optional<CloudSuiteFault> take(CloudSuiteRequest request) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned next = all.next();
            if (next.condition.test(request)) {
                next.remaining--;
                if (next.remaining == 0) {
                    all.remove();
                }
                return Optional.of(next.fault);
            }
        }
        return Optional.empty();
    }
}
