package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.IntentStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The intents of an {@link InMemoryLedger}. */
final class InMemoryLedgerIntents implements IntentStore {

    private static final Comparator<Intent> OLDEST_FIRST =
            Comparator.comparing(Intent::intendedAt).thenComparing(Intent::source);

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerIntents(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public void put(Collection<Intent> intents) {
        transaction.writing();
        intents.forEach(intent -> transaction.writing(intent.flow()));
        for (Intent intent : intents) {
            transaction.set(
                    state.intents.computeIfAbsent(intent.flow(), name -> new HashMap<>()),
                    intent.source(),
                    truncated(intent));
        }
    }

    private static Intent truncated(Intent intent) {
        return new Intent(
                intent.flow(),
                intent.source(),
                intent.target(),
                intent.targetRef(),
                intent.action(),
                intent.idempotencyKey(),
                intent.payload(),
                intent.fingerprint(),
                intent.changedFields(),
                InMemoryLedgerState.truncated(intent.intendedAt()),
                intent.attempts(),
                intent.doubt());
    }

    @Override
    public void close(String flow, Collection<RecordKey> sources) {
        transaction.writing(flow);
        Map<RecordKey, Intent> intents = state.intents.computeIfAbsent(flow, name -> new HashMap<>());
        sources.forEach(source -> transaction.set(intents, source, null));
    }

    @Override
    public List<Intent> open(String flow) {
        return list(flow, false);
    }

    @Override
    public List<Intent> inDoubt(String flow) {
        return list(flow, true);
    }

    private List<Intent> list(String flow, boolean inDoubt) {
        transaction.reading();
        return state.intents.getOrDefault(flow, Map.of()).values().stream()
                .filter(intent -> (intent.doubt() != null) == inDoubt)
                .sorted(OLDEST_FIRST)
                .toList();
    }
}
