package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which flows are the two ways of one, and on which terms. The two never run at the same time, because one would take for
 * new what the other has just made. Safe for threads.
 */
final class Opposites {

    private final Map<String, Flow<?>> opposites = new HashMap<>();
    private final Map<String, ReentrantLock> locks = new HashMap<>();

    Opposites(Collection<Flow<?>> flows, List<String> faults) {
        for (Flow<?> flow : flows) {
            flow.terms().faults(recordType(flow)).forEach(fault -> faults.add("flow " + flow.name() + " " + fault));
            List<Flow<?>> found =
                    flows.stream().filter(other -> other.isOppositeOf(flow)).toList();
            if (found.size() > 1) {
                faults.add("flow " + flow.name() + " has more than one opposite: "
                        + found.stream().map(Flow::name).toList());
            } else if (found.size() == 1) {
                join(flow, found.get(0), faults);
            } else if (flow.terms().said()) {
                faults.add("flow " + flow.name()
                        + " says who wins in a conflict or who owns a field, but no flow goes from " + flow.target()
                        + " back to " + flow.source());
            }
        }
    }

    private static Class<? extends Record> recordType(Flow<?> flow) {
        return flow.type().asSubclass(Record.class);
    }

    private void join(Flow<?> flow, Flow<?> opposite, List<String> faults) {
        opposites.put(flow.name(), opposite);
        ReentrantLock lock = locks.getOrDefault(opposite.name(), new ReentrantLock());
        locks.put(flow.name(), lock);
        boolean first = flow.name().compareTo(opposite.name()) < 0;
        if (first
                && flow.terms().said()
                && opposite.terms().said()
                && !flow.terms().equals(opposite.terms().mirrored())) {
            faults.add("the flows " + flow.name() + " and " + opposite.name()
                    + " contradict each other about conflicts or owned fields; what one says holds for both");
        }
    }

    @SuppressWarnings("unchecked") // opposites carry the same kind of record
    <T extends BusinessRecord> @Nullable Flow<T> of(Flow<T> flow) {
        return (Flow<T>) opposites.get(flow.name());
    }

    /** Returns what holds for a flow, whichever of the two has said it. */
    Terms terms(Flow<?> flow) {
        Flow<?> opposite = opposites.get(flow.name());
        return flow.terms().said() || opposite == null
                ? flow.terms()
                : opposite.terms().mirrored();
    }

    /** Waits until the opposite flow does not run. */
    void enter(Flow<?> flow) {
        ReentrantLock lock = locks.get(flow.name());
        if (lock != null) {
            lock.lock();
        }
    }

    void leave(Flow<?> flow) {
        ReentrantLock lock = locks.get(flow.name());
        if (lock != null) {
            lock.unlock();
        }
    }
}
