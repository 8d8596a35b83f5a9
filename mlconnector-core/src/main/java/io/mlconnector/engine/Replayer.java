package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Takes parked records and dead letters up again. For one thread. */
final class Replayer<T extends BusinessRecord> {

    private static final int LETTERS_AT_ONCE = 500;

    private final Flow<T> flow;
    private final Source<T> source;
    private final Ledger ledger;
    private final InstantSource clock;
    private final RecordPath<T> path;
    private final Books books;
    private final boolean readsAgain;

    /** On a two-way flow a letter may hold what the other side had put into a write, so the record itself is read again. */
    Replayer(
            Flow<T> flow,
            Source<T> source,
            Ledger ledger,
            InstantSource clock,
            RecordPath<T> path,
            Books books,
            boolean twoWay) {
        this.flow = flow;
        this.source = source;
        this.ledger = ledger;
        this.clock = clock;
        this.path = path;
        this.books = books;
        this.readsAgain = twoWay;
    }

    void replay(List<RecordKey> keys) {
        replayLetters(ledger.read(tx -> keys.stream()
                .flatMap(key -> tx.deadLetters().find(flow.name(), key).stream())
                .toList()));
    }

    void replay(Predicate<Letter> which) {
        for (Letter.Kind kind : Letter.Kind.values()) {
            replayAll(kind, letters -> letters.stream().filter(which).toList());
        }
    }

    void replayParked() {
        replayAll(Letter.Kind.PARKED, this::due);
    }

    private void replayAll(Letter.Kind kind, UnaryOperator<List<Letter>> which) {
        String after = "";
        while (true) {
            String from = after;
            List<Letter> letters = ledger.lookUp(tx -> tx.deadLetters().list(flow.name(), kind, from, LETTERS_AT_ONCE));
            if (letters.isEmpty()) {
                return;
            }
            after = letters.get(letters.size() - 1).source().id();
            replayLetters(which.apply(letters));
        }
    }

    /** Those whose awaited record has a link now, and those whose time has come. */
    private List<Letter> due(List<Letter> parked) {
        List<RecordKey> awaited = parked.stream()
                .flatMap(letter -> Stream.ofNullable(letter.awaited()))
                .distinct()
                .toList();
        Map<RecordKey, ?> linked =
                ledger.lookUp(tx -> tx.mappings().resolve(flow.target().connection(), awaited));
        Instant now = clock.instant();
        return parked.stream()
                .filter(letter -> {
                    Instant retryAt = letter.retryAt();
                    return (retryAt != null && !retryAt.isAfter(now))
                            || (letter.awaited() != null && linked.containsKey(letter.awaited()));
                })
                .toList();
    }

    private void replayLetters(List<Letter> letters) {
        var candidates = new ArrayList<Candidate<T>>();
        var malformed = new ArrayList<Malformed>();
        for (Letter letter : letters) {
            if (letter.readable() && !readsAgain) {
                candidates.add(stored(letter));
                continue;
            }
            try {
                var taken = new ArrayList<Candidate<T>>(1);
                readAgain(letter).ifPresent(change -> path.take(change, taken, malformed));
                taken.forEach(found -> candidates.add(found.again(letter.attempts())));
            } catch (MappingException e) {
                malformed.add(new Malformed(letter.source(), letter.payload(), e.faults()));
            }
        }
        books.replayed(candidates.size() + malformed.size());
        path.settleAll(candidates, malformed);
    }

    private Optional<Change<T>> readAgain(Letter letter) {
        Optional<Change<T>> found = source.fetch(letter.source().id());
        return found.isEmpty() && readsAgain ? Optional.of(Change.delete(letter.source())) : found;
    }

    private Candidate<T> stored(Letter letter) {
        Change<T> change = letter.payload().isEmpty()
                ? Change.delete(letter.source())
                : Change.upsert(RecordCodec.decode(letter.payload(), flow.type()), null, letter.version());
        return Candidate.read(change).again(letter.attempts());
    }
}
