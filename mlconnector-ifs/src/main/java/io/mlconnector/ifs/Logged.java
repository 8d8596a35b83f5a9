package io.mlconnector.ifs;

import io.mlconnector.spi.Endpoint;
import java.util.List;
import java.util.Map;

/**
 * What a history log tells besides rows.
 *
 * @param removed keys of rows that were removed and are not there
 * @param unreadable name of an entry that names no row, to the entry
 */
record Logged(List<List<String>> removed, Map<String, String> unreadable) {

    static final Logged NOTHING = new Logged(List.of(), Map.of());

    /** What the removed rows pointed to, as far as their key tells. */
    List<List<String>> pointedTo(List<String> keys, List<String> pointer) {
        if (!keys.containsAll(pointer)) {
            return List.of();
        }
        return removed.stream()
                .map(key -> pointer.stream()
                        .map(column -> key.get(keys.indexOf(column)))
                        .toList())
                .toList();
    }

    void addTo(Batch<?> batch, Endpoint endpoint) {
        removed.forEach(key -> batch.remove(endpoint.key(RecordIds.join(key))));
        unreadable.forEach((name, entry) -> batch.refuse(
                endpoint.key(name), entry, List.of("an entry of the history log needs a readable key of the set")));
    }
}
