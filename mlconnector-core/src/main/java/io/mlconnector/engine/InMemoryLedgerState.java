package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.SealedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    final List<SealedEntry> audit = new ArrayList<>();
    AuditMark auditAnchor = AuditMark.START;
    final Map<String, AuditMark> auditDeliveries = new HashMap<>();

    /** Events by connection, then by id. */
    final Map<String, Map<String, Received>> inbox = new HashMap<>();

    Map<RecordKey, Letter> letters(String flow) {
        return letters.computeIfAbsent(flow, name -> new TreeMap<>(BY_ID));
    }

    /** Durable ledgers keep milliseconds, so this one does too. */
    static Instant truncated(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    /** A webhook event with what only the store needs to know. */
    record Received(
            InboxEvent event,
            @Nullable String payload,
            @Nullable Instant settledAt) {}
}
