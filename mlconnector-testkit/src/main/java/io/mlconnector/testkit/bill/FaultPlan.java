package io.mlconnector.testkit.bill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The faults of the calls to come. */
final class FaultPlan {

    private final List<Planned> planned = new ArrayList<>();

    private static final class Planned {
        private final BillFault fault;
        private final BiPredicate<String, String> where;
        private int remaining;

        Planned(int remaining, BillFault fault, BiPredicate<String, String> where) {
            this.remaining = remaining;
            this.fault = fault;
            this.where = where;
        }
    }

    synchronized void add(int calls, BillFault fault, BiPredicate<String, String> where) {
        planned.add(new Planned(calls, fault, where));
    }

    synchronized @Nullable BillFault take(String method, String path) {
        for (Planned next : List.copyOf(planned)) {
            if (next.where.test(method, path)) {
                next.remaining--;
                if (next.remaining == 0) {
                    planned.remove(next);
                }
                return next.fault;
            }
        }
        return null;
    }
}
