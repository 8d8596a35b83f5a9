package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are still to come, in the order they were asked for. */
final class FaultPlan {

    private static final class Planned {
        private final Predicate<IfsRequest> condition;
        private final IfsFault fault;
        private int remaining;

        Planned(int times, Predicate<IfsRequest> condition, IfsFault fault) {
            this.remaining = times;
            this.condition = condition;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    synchronized void add(int times, Predicate<IfsRequest> condition, IfsFault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault strikes at least once, not " + times + " times");
        }
        planned.add(new Planned(times, condition, fault));
    }

    synchronized void clear() {
        planned.clear();
    }

    synchronized Optional<IfsFault> take(IfsRequest request) {
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
