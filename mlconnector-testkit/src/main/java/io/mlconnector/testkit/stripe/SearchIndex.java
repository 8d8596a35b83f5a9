package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What search sees: the objects as they were some time ago. */
final class SearchIndex {

    static final Set<Kind> SEARCHABLE =
            Set.of(Kind.CUSTOMER, Kind.INVOICE, Kind.CHARGE, Kind.PAYMENT_INTENT, Kind.PRICE, Kind.PRODUCT);

    private static final byte[] GONE = {};

    private final World world;
    private final Map<Kind, Map<String, Deque<Version>>> histories = new EnumMap<>(Kind.class);
    private Duration lag;

    SearchIndex(World world, Duration lag) {
        this.world = world;
        this.lag = lag;
        SEARCHABLE.forEach(kind -> histories.put(kind, new LinkedHashMap<>()));
    }

    void lag(Duration newLag) {
        lag = newLag;
    }

    void changed(ObjectNode object, boolean gone) {
        for (Map.Entry<Kind, Map<String, Deque<Version>>> history : histories.entrySet()) {
            if (history.getKey().object().equals(object.path("object").asText())) {
                Deque<Version> versions =
                        history.getValue().computeIfAbsent(object.path("id").asText(), absent -> new ArrayDeque<>());
                versions.addLast(new Version(world.clock().instant(), gone ? GONE : Journal.bytes(object)));
                forget(versions);
            }
        }
    }

    List<ObjectNode> newestFirst(Kind kind) {
        Instant horizon = world.clock().instant().minus(lag);
        List<ObjectNode> visible = new ArrayList<>();
        for (Deque<Version> versions : histories.getOrDefault(kind, Map.of()).values()) {
            byte[] latest = GONE;
            for (Version version : versions) {
                if (!version.since().isAfter(horizon)) {
                    latest = version.document();
                }
            }
            if (latest.length > 0) {
                visible.add(Journal.parsed(latest));
            }
        }
        Collections.reverse(visible);
        return visible;
    }

    /** Keeps what any lag of up to an hour can still show. */
    private void forget(Deque<Version> versions) {
        Duration longest = lag.compareTo(Duration.ofHours(1)) > 0 ? lag : Duration.ofHours(1);
        Instant horizon = world.clock().instant().minus(longest);
        while (versions.size() > 1) {
            Version first = versions.removeFirst();
            Version second = versions.getFirst();
            if (second.since().isAfter(horizon)) {
                versions.addFirst(first);
                return;
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // versions are never compared
    private record Version(Instant since, byte[] document) {}
}
