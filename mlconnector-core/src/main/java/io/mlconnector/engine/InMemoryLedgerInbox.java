package io.mlconnector.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.mlconnector.engine.InMemoryLedgerState.Received;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.InboxEvent.State;
import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.WebhookInbox;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The webhook events of an {@link InMemoryLedger}. */
final class InMemoryLedgerInbox implements WebhookInbox {

    private static final Comparator<InboxEvent> IN_ORDER =
            Comparator.comparing(InboxEvent::receivedAt).thenComparing(InboxEvent::id);

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerInbox(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public boolean put(InboxEvent event, @Nullable String payload) {
        transaction.writingFreely();
        WebhookInbox.requireFitting(event, payload);
        Map<String, Received> events = state.inbox.computeIfAbsent(event.connection(), name -> new HashMap<>());
        if (events.containsKey(event.id())) {
            return false;
        }
        InboxEvent kept = truncated(event);
        Instant settledAt = kept.state() == State.PENDING ? null : kept.receivedAt();
        transaction.set(events, kept.id(), new Received(kept, payload, settledAt));
        return true;
    }

    private static InboxEvent truncated(InboxEvent event) {
        Instant createdAt = event.createdAt();
        return new InboxEvent(
                event.connection(),
                event.id(),
                event.type(),
                event.object(),
                InMemoryLedgerState.truncated(event.receivedAt()),
                createdAt == null ? null : InMemoryLedgerState.truncated(createdAt),
                event.state(),
                event.attempts(),
                InMemoryLedgerState.truncated(event.nextTryAt()),
                event.reason());
    }

    @Override
    public List<InboxGroup> due(String connection, Instant now, int limit) {
        transaction.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return waiting(connection)
                .sorted(IN_ORDER)
                .collect(groupingBy(InMemoryLedgerInbox::subject, LinkedHashMap::new, toList()))
                .values()
                .stream()
                .filter(events ->
                        events.stream().anyMatch(event -> !event.nextTryAt().isAfter(now)))
                .limit(limit)
                .map(events -> new InboxGroup(events.get(0).object(), events))
                .toList();
    }

    private static Object subject(InboxEvent event) {
        return event.object() == null ? event.id() : event.object();
    }

    private Stream<InboxEvent> waiting(String connection) {
        return state.inbox.getOrDefault(connection, Map.of()).values().stream()
                .map(Received::event)
                .filter(event -> event.state() == State.PENDING);
    }

    @Override
    public void done(String connection, Collection<String> ids, Instant at) {
        change(connection, ids, received -> settled(received, State.DONE, null, at));
    }

    @Override
    public void ignored(String connection, Collection<String> ids, String reason, Instant at) {
        change(connection, ids, received -> settled(received, State.IGNORED, reason, at));
    }

    private static Received settled(Received received, State to, @Nullable String reason, Instant at) {
        InboxEvent event = received.event();
        return new Received(
                changed(event, to, event.attempts(), event.nextTryAt(), reason),
                received.payload(),
                InMemoryLedgerState.truncated(at));
    }

    @Override
    public void failed(String connection, Collection<String> ids, String reason, Instant retryAt) {
        change(connection, ids, received -> {
            InboxEvent event = received.event();
            Instant next = InMemoryLedgerState.truncated(retryAt);
            return new Received(
                    changed(event, State.PENDING, event.attempts() + 1, next, reason), received.payload(), null);
        });
    }

    private static InboxEvent changed(
            InboxEvent event, State to, int attempts, Instant nextTryAt, @Nullable String reason) {
        return new InboxEvent(
                event.connection(),
                event.id(),
                event.type(),
                event.object(),
                event.receivedAt(),
                event.createdAt(),
                to,
                attempts,
                nextTryAt,
                reason);
    }

    private void change(String connection, Collection<String> ids, UnaryOperator<Received> change) {
        transaction.writingFreely();
        Map<String, Received> events = state.inbox.getOrDefault(connection, Map.of());
        for (String id : ids) {
            Received received = events.get(id);
            if (received != null && received.event().state() == State.PENDING) {
                transaction.set(events, id, change.apply(received));
            }
        }
    }

    @Override
    public Optional<InboxEvent> find(String connection, String id) {
        return received(connection, id).map(Received::event);
    }

    @Override
    public Optional<String> payload(String connection, String id) {
        return received(connection, id).map(Received::payload);
    }

    private Optional<Received> received(String connection, String id) {
        transaction.reading();
        return Optional.ofNullable(
                state.inbox.getOrDefault(connection, Map.of()).get(id));
    }

    @Override
    public long pending(String connection) {
        transaction.reading();
        return waiting(connection).count();
    }

    @Override
    public long purge(Instant settledBefore) {
        transaction.writingFreely();
        Instant time = InMemoryLedgerState.truncated(settledBefore);
        long removed = 0;
        for (Map<String, Received> events : state.inbox.values()) {
            List<String> old = events.values().stream()
                    .filter(received -> isBefore(received.settledAt(), time))
                    .map(received -> received.event().id())
                    .toList();
            old.forEach(id -> transaction.set(events, id, null));
            removed += old.size();
        }
        return removed;
    }

    private static boolean isBefore(@Nullable Instant settledAt, Instant time) {
        return settledAt != null && settledAt.isBefore(time);
    }
}
