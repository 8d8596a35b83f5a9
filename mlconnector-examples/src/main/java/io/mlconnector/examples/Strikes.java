package io.mlconnector.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Picks the calls that go wrong, and counts them. Safe for threads. */
final class Strikes {

    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /** Returns a choice of every n-th call that fits. */
    <C> Predicate<C> every(int nth, String fault, Predicate<C> fits) {
        counts.put(fault, 0);
        var seen = new int[1];
        return call -> {
            synchronized (this) {
                if (!fits.test(call) || ++seen[0] % nth != 0) {
                    return false;
                }
                counts.merge(fault, 1, Integer::sum);
                return true;
            }
        };
    }

    synchronized Map<String, Integer> counts() {
        return new LinkedHashMap<>(counts);
    }
}
