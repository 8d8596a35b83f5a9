package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.Letter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The letters of an {@link InMemoryLedger}. */
final class InMemoryLedgerLetters implements DeadLetterStore {

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerLetters(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public void put(Collection<Letter> letters) {
        transaction.writing();
        letters.forEach(letter -> transaction.writing(letter.flow()));
        for (Letter letter : letters) {
            Map<RecordKey, Letter> kept = state.letters(letter.flow());
            transaction.set(kept, letter.source(), following(kept.get(letter.source()), letter));
        }
    }

    private static Letter following(@Nullable Letter earlier, Letter letter) {
        return new Letter(
                letter.flow(),
                letter.source(),
                letter.kind(),
                letter.reason(),
                letter.awaited(),
                letter.payload(),
                letter.readable(),
                letter.fingerprint(),
                letter.version(),
                earlier == null ? letter.attempts() : earlier.attempts() + letter.attempts(),
                earlier == null ? InMemoryLedgerState.truncated(letter.firstAt()) : earlier.firstAt(),
                InMemoryLedgerState.truncated(letter.lastAt()),
                letter.retryAt() == null ? null : InMemoryLedgerState.truncated(letter.retryAt()));
    }

    @Override
    public void remove(String flow, Collection<RecordKey> sources) {
        transaction.writing(flow);
        Map<RecordKey, Letter> kept = state.letters(flow);
        sources.forEach(source -> transaction.set(kept, source, null));
    }

    @Override
    public Optional<Letter> find(String flow, RecordKey source) {
        transaction.reading();
        return Optional.ofNullable(state.letters.getOrDefault(flow, Map.of()).get(source));
    }

    @Override
    public List<Letter> list(String flow, Letter.Kind kind, String after, int limit) {
        transaction.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return state.letters.getOrDefault(flow, Map.of()).values().stream()
                .filter(letter -> letter.kind() == kind && letter.source().id().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public int count(String flow, Letter.Kind kind) {
        transaction.reading();
        return (int) state.letters.getOrDefault(flow, Map.of()).values().stream()
                .filter(letter -> letter.kind() == kind)
                .count();
    }
}
