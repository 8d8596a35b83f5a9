package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
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
    private final Map<String, Read> lastRead = new HashMap<>();
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

    /** What is visible, to be looked at and not to be changed. */
    List<ObjectNode> newestFirst(Kind kind) {
        Instant horizon = world.clock().instant().minus(lag);
        List<ObjectNode> visible = new ArrayList<>();
        histories.getOrDefault(kind, Map.of()).forEach((id, versions) -> {
            Version latest = null;
            for (Version version : versions) {
                if (!version.since().isAfter(horizon)) {
                    latest = version;
                }
            }
            if (latest != null && latest.document().length > 0) {
                visible.add(read(id, latest));
            }
        });
        Collections.reverse(visible);
        return visible;
    }

    /** Searches come in thousands: each object is parsed once per version and not once per search. */
    @SuppressWarnings("ReferenceEquality") // the very version is meant
    private ObjectNode read(String id, Version version) {
        Read last = lastRead.get(id);
        if (last == null || last.version() != version) {
            last = new Read(version, Journal.parsed(version.document()));
            lastRead.put(id, last);
        }
        return last.object();
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

    private record Read(Version version, ObjectNode object) {}
}
