package io.mlconnector.testkit.syspro;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which requests go wrong next, and how. Safe for threads. */
final class FaultPlan {

    private static final class Planned {
        private int remaining;
        private final Predicate<SysproRequest> condition;
        private final SysproFault fault;

        Planned(int times, Predicate<SysproRequest> condition, SysproFault fault) {
            this.remaining = times;
            this.condition = condition;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    synchronized void add(int times, Predicate<SysproRequest> condition, SysproFault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault strikes at least once, not " + times + " times");
        }
        planned.add(new Planned(times, condition, fault));
    }

    synchronized void clear() {
        planned.clear();
    }

    synchronized Optional<SysproFault> take(SysproRequest request) {
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
