package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The documents of one kind at the target. It knows no idempotency keys: a creation sent twice makes two documents. */
final class Documents<T extends BusinessRecord> {

    private final String prefix;
    private final Trace trace;
    private final Map<String, T> byId = new TreeMap<>();
    private int made;
    private int effects;

    Documents(String prefix, Trace trace) {
        this.prefix = prefix;
        this.trace = trace;
    }

    /** Why the target cannot take a write; null if it can. */
    @Nullable WriteOutcome refusal(Write<T> write) {
        if (write instanceof Write.Create<T> create) {
            for (RecordKey reference : create.record().references()) {
                if (create.references().resolve(reference).isEmpty()) {
                    return new WriteOutcome.Deferred(reference);
                }
            }
        }
        return null;
    }

    TargetRef take(Write<T> write) {
        effects++;
        return write.match(new Write.Cases<T, TargetRef>() {
            @Override
            public TargetRef create(Write.Create<T> create) {
                String id = prefix + ++made;
                idOf(create.key())
                        .ifPresent(first ->
                                trace.doubled("a second document " + id + " of " + create.key() + " beside " + first));
                byId.put(id, create.record());
                trace.add("target made " + id + " of " + create.key());
                return TargetRef.of(id);
            }

            @Override
            public TargetRef update(Write.Update<T> update) {
                String id = update.target().id();
                trace.require(byId.containsKey(id), "an update of " + id + ", which is not there");
                byId.put(id, update.record());
                trace.add("target changed " + id + " of " + update.key());
                return update.target();
            }

            @Override
            public TargetRef remove(Write.Remove<T> remove) {
                byId.remove(remove.target().id());
                trace.add("target removed " + remove.target().id() + " of " + remove.key());
                return remove.target();
            }
        });
    }

    Lookup find(Write<T> write) {
        Optional<String> id = idOf(write.key());
        if (write instanceof Write.Remove<T> remove) {
            return id.isEmpty() ? new Lookup.Found(remove.target()) : Lookup.ABSENT;
        }
        return id.filter(found -> !(write instanceof Write.Update<T> update)
                        || update.record().equals(byId.get(found)))
                .<Lookup>map(found -> new Lookup.Found(TargetRef.of(found)))
                .orElse(Lookup.ABSENT);
    }

    Optional<String> idOf(RecordKey key) {
        return byId.entrySet().stream()
                .filter(document -> document.getValue().key().equals(key))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Map<String, T> all() {
        return byId;
    }

    /** How many writes took effect so far. */
    int effects() {
        return effects;
    }
}
