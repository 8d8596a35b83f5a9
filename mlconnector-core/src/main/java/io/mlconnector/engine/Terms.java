package io.mlconnector.engine;

import io.mlconnector.engine.Flow.Conflicts;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What holds between the two sides of a two-way flow, seen from one of its flows.
 *
 * @param policy who wins where both sides changed a field; null if this flow does not say
 * @param sourceOwned fields that only the source's side may change
 * @param targetOwned fields that only the target's side may change
 */
record Terms(@Nullable Conflicts policy, Set<String> sourceOwned, Set<String> targetOwned) {

    static final Terms UNSAID = new Terms(null, Set.of(), Set.of());

    Terms {
        sourceOwned = Set.copyOf(sourceOwned);
        targetOwned = Set.copyOf(targetOwned);
    }

    boolean said() {
        return !equals(UNSAID);
    }

    /** The same terms, seen from the opposite flow. */
    Terms mirrored() {
        return new Terms(
                policy == null ? null : policy.mirrored(),
                /* sourceOwned= */ targetOwned,
                /* targetOwned= */ sourceOwned);
    }

    Terms withPolicy(Conflicts newPolicy) {
        return new Terms(newPolicy, sourceOwned, targetOwned);
    }

    Conflicts policyOrDefault() {
        return policy == null ? Conflicts.PARK_FOR_REVIEW : policy;
    }

    /** Finds what cannot hold for a kind of record. */
    List<String> faults(Class<? extends Record> type) {
        Set<String> known = new TreeSet<>();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(known::add);
        known.remove("key");
        var faults = new ArrayList<String>();
        for (String field : new TreeSet<>(sourceOwned)) {
            if (targetOwned.contains(field)) {
                faults.add("gives the field '" + field + "' to both sides");
            }
        }
        var named = new TreeSet<>(sourceOwned);
        named.addAll(targetOwned);
        named.removeAll(known);
        for (String field : named) {
            faults.add("gives away a field '" + field + "' that a " + type.getSimpleName() + " does not have; known: "
                    + String.join(", ", known));
        }
        return faults;
    }
}
