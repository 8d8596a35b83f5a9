package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What objects became: a record each, or the faults that keep them from it. Of one record the last state counts. */
final class Found<T extends BusinessRecord> {

    private final Map<RecordKey, Change<T>> changes = new LinkedHashMap<>();
    private final Map<RecordKey, Malformed> malformed = new LinkedHashMap<>();
    private final Set<Hint> postponed = new LinkedHashSet<>();

    /** Adds a record, unless the object is none. */
    void add(RecordKey key, JsonObject document, Supplier<@Nullable Change<T>> mapping) {
        try {
            Change<T> change = mapping.get();
            if (change != null) {
                changes.put(key, change);
            }
        } catch (MappingException e) {
            malformed.put(key, new Malformed(key, document.toString(), e.faults()));
        }
    }

    void add(Malformed unreadable) {
        malformed.put(unreadable.key(), unreadable);
    }

    void add(Change<T> change) {
        changes.put(change.key(), change);
    }

    boolean has(RecordKey key) {
        return changes.containsKey(key) || malformed.containsKey(key);
    }

    /** Says that what an event tells of is not to be seen yet, so that the event has to be taken up again. */
    void postpone(Hint hint) {
        postponed.add(hint);
    }

    Set<Hint> postponed() {
        return postponed;
    }

    /** Returns one record, empty if it is not there. */
    Optional<Change<T>> one(RecordKey key) {
        Malformed unreadable = malformed.get(key);
        if (unreadable != null) {
            throw new MappingException(unreadable.faults());
        }
        return Optional.ofNullable(changes.get(key));
    }

    void addAll(Found<T> other) {
        changes.putAll(other.changes);
        malformed.putAll(other.malformed);
        postponed.addAll(other.postponed);
    }

    List<Change<T>> changes() {
        return List.copyOf(changes.values());
    }

    List<Malformed> malformed() {
        return List.copyOf(malformed.values());
    }

    /** Returns the ids of all records, readable or not. */
    List<String> ids() {
        var ids = new ArrayList<String>();
        changes.keySet().forEach(key -> ids.add(key.id()));
        malformed.keySet().forEach(key -> ids.add(key.id()));
        return ids;
    }
}
