package io.mlconnector.stripe;

import io.mlconnector.spi.Position;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Events whose page is settled, so that an overlap costs no calls. An event of a page that was abandoned is not among them. What is
 * forgotten, as after a restart, is read again, which changes nothing. Safe for threads: a page is settled while the next is read.
 */
final class SeenEvents {

    private static final int MOST = 20_000;

    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<String, Set<String>> unsettled = new LinkedHashMap<>();

    /** Begins to read from a position: pages after it that were read before do not count. */
    synchronized void readingFrom(Position from) {
        boolean keep = unsettled.containsKey(from.value());
        var pages = unsettled.keySet().iterator();
        while (pages.hasNext()) {
            String end = pages.next();
            if (!keep) {
                pages.remove();
            }
            keep = keep && !end.equals(from.value());
        }
    }

    synchronized boolean contains(String event) {
        return seen.contains(event) || unsettled.values().stream().anyMatch(page -> page.contains(event));
    }

    synchronized void read(Collection<String> events, Position next) {
        unsettled.put(next.value(), Set.copyOf(events));
    }

    synchronized void settled(Position upTo) {
        if (!unsettled.containsKey(upTo.value())) {
            return;
        }
        var pages = unsettled.entrySet().iterator();
        boolean reached = false;
        while (!reached && pages.hasNext()) {
            Map.Entry<String, Set<String>> page = pages.next();
            reached = page.getKey().equals(upTo.value());
            seen.addAll(page.getValue());
            pages.remove();
        }
        var oldest = seen.iterator();
        while (seen.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }
}
