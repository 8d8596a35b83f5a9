package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an {@link InMemoryLedger} holds; its lock guards it. */
final class InMemoryLedgerState {

    /** The order in which letters are listed. */
    private static final Comparator<RecordKey> BY_ID =
            Comparator.comparing(RecordKey::id).thenComparing(Comparator.naturalOrder());

    final Map<String, Long> epochs = new HashMap<>();

    /** Links by target endpoint, then by source. */
    final Map<Endpoint, Map<RecordKey, Link>> links = new HashMap<>();

    /** The same links by target, then by source. */
    final Map<RecordKey, Map<RecordKey, Link>> linksByTarget = new HashMap<>();

    final Map<String, Position> positions = new HashMap<>();
    final Map<String, Map<String, String>> notes = new HashMap<>();
    final Map<String, Map<RecordKey, Intent>> intents = new HashMap<>();
    final Map<String, Map<RecordKey, Letter>> letters = new HashMap<>();
    final List<Sealed> audit = new ArrayList<>();

    Map<RecordKey, Letter> letters(String flow) {
        return letters.computeIfAbsent(flow, name -> new TreeMap<>(BY_ID));
    }

    /** Durable ledgers keep milliseconds, so this one does too. */
    static Instant truncated(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    /** An audit entry with the hash that chains it to its predecessor. */
    record Sealed(AuditEntry entry, String hash) {}
}
