package io.mlconnector.testkit.stripe;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The faults that are still to come, in the order in which they were asked for. */
final class FaultPlan {

    private final List<Planned> planned = new ArrayList<>();

    synchronized void add(int calls, StripeFault fault, BiPredicate<String, String> where) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1: " + calls);
        }
        planned.add(new Planned(calls, fault, where));
    }

    synchronized void clear() {
        planned.clear();
    }

    synchronized @Nullable StripeFault take(String method, String path) {
        for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
            Planned next = each.next();
            if (next.where.test(method, path)) {
                next.remaining--;
                if (next.remaining == 0) {
                    each.remove();
                }
                return next.fault;
            }
        }
        return null;
    }

    private static final class Planned {

        private final StripeFault fault;
        private final BiPredicate<String, String> where;
        private int remaining;

        Planned(int remaining, StripeFault fault, BiPredicate<String, String> where) {
            this.remaining = remaining;
            this.fault = fault;
            this.where = where;
        }
    }
}
