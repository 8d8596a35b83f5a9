package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Known.Held;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.TargetRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The links of an {@link InMemoryLedger}. */
final class InMemoryLedgerMappings implements MappingStore {

    private static final Comparator<Link> NEWEST_FIRST =
            Comparator.comparing(Link::linkedAt).reversed();

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerMappings(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public Map<RecordKey, Known> known(String flow, Endpoint target, Collection<RecordKey> sources) {
        transaction.reading();
        Map<RecordKey, Link> links = state.links.getOrDefault(target, Map.of());
        Map<RecordKey, Letter> letters = state.letters.getOrDefault(flow, Map.of());
        Map<RecordKey, Intent> intents = state.intents.getOrDefault(flow, Map.of());
        var found = new HashMap<RecordKey, Known>();
        for (RecordKey source : sources) {
            Known known = known(links.get(source), letters.get(source), intents.get(source));
            if (!known.equals(Known.NOTHING)) {
                found.put(source, known);
            }
        }
        return found;
    }

    /** A doubt weighs more than a letter: the record may have taken effect. */
    private static Known known(@Nullable Link link, @Nullable Letter letter, @Nullable Intent intent) {
        if (intent != null && intent.doubt() != null) {
            return new Known(link, Held.IN_DOUBT, intent.fingerprint().whole());
        }
        if (letter != null) {
            Held held = letter.kind() == Letter.Kind.DEAD ? Held.DEAD : Held.PARKED;
            return new Known(link, held, letter.fingerprint());
        }
        return link == null ? Known.NOTHING : new Known(link, null, 0);
    }

    @Override
    public Map<RecordKey, TargetRef> resolve(String connection, Collection<RecordKey> keys) {
        transaction.reading();
        var found = new HashMap<RecordKey, TargetRef>();
        for (RecordKey key : keys) {
            TargetRef counterpart = counterpart(connection, key);
            if (counterpart != null) {
                found.put(key, counterpart);
            }
        }
        return found;
    }

    private @Nullable TargetRef counterpart(String connection, RecordKey key) {
        Optional<Link> forth = linksFrom(key)
                .filter(link -> link.target().connection().equals(connection))
                .min(NEWEST_FIRST.thenComparing(Link::target));
        if (forth.isPresent()) {
            return new TargetRef(forth.get().target().id(), forth.get().targetVersion());
        }
        return state.linksByTarget.getOrDefault(key, Map.of()).values().stream()
                .filter(link -> link.source().connection().equals(connection))
                .min(NEWEST_FIRST.thenComparing(Link::source))
                .map(back -> TargetRef.of(back.source().id()))
                .orElse(null);
    }

    private Stream<Link> linksFrom(RecordKey source) {
        return state.links.values().stream().map(links -> links.get(source)).filter(link -> link != null);
    }

    @Override
    public Optional<Link> find(RecordKey source, Endpoint target) {
        transaction.reading();
        return Optional.ofNullable(state.links.getOrDefault(target, Map.of()).get(source));
    }

    @Override
    public void put(Collection<Link> links) {
        transaction.writing();
        for (Link link : links) {
            var endpoint =
                    new Endpoint(link.target().connection(), link.target().entity());
            replace(
                    endpoint,
                    link.source(),
                    new Link(
                            link.source(),
                            link.target(),
                            link.targetVersion(),
                            link.fingerprint(),
                            InMemoryLedgerState.truncated(link.linkedAt()),
                            link.echo()));
        }
    }

    @Override
    public void remove(Endpoint target, Collection<RecordKey> sources) {
        transaction.writing();
        for (RecordKey source : sources) {
            replace(target, source, null);
        }
    }

    private void replace(Endpoint target, RecordKey source, @Nullable Link link) {
        Map<RecordKey, Link> links = state.links.computeIfAbsent(target, name -> new HashMap<>());
        Link before = links.get(source);
        transaction.set(links, source, link);
        if (before != null) {
            transaction.set(byTarget(before.target()), source, null);
        }
        if (link != null) {
            transaction.set(byTarget(link.target()), source, link);
        }
    }

    private Map<RecordKey, Link> byTarget(RecordKey target) {
        return state.linksByTarget.computeIfAbsent(target, name -> new HashMap<>(2));
    }

    @Override
    public List<RecordKey> linked(Endpoint source, Endpoint target, String after, int limit) {
        transaction.reading();
        return state.links.getOrDefault(target, Map.of()).keySet().stream()
                .filter(key -> key.connection().equals(source.connection()))
                .filter(key -> key.entity().equals(source.entity()))
                .filter(key -> key.id().compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public long count(Endpoint target) {
        transaction.reading();
        return state.links.getOrDefault(target, Map.of()).size();
    }
}
