package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One hash of 64 bits per top-level field of a record, and one for the whole: tells which fields changed without keeping
 * anyone's data.
 *
 * @param whole the hash of the whole record
 * @param fields the hash of each field, by name
 */
public record Fingerprint(long whole, SortedMap<String, Long> fields) {

    /** Copies the map. */
    public Fingerprint {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(fields, "fields")));
    }

    /**
     * Returns the names of the fields that differ from an earlier fingerprint, those that only one of them has included.
     *
     * @param earlier the fingerprint to compare with
     * @return the names, in alphabetical order
     */
    public Set<String> changedSince(Fingerprint earlier) {
        var changed = new TreeSet<String>();
        var names = new TreeSet<>(fields.keySet());
        names.addAll(earlier.fields.keySet());
        for (String name : names) {
            Long now = fields.get(name);
            if (now == null || !now.equals(earlier.fields.get(name))) {
                changed.add(name);
            }
        }
        return changed;
    }

    /**
     * Returns a compact text form for stores.
     *
     * @return the text that {@link #parse} reads
     */
    public String format() {
        var text = new StringBuilder(24 * (fields.size() + 1)).append(Long.toHexString(whole));
        fields.forEach((name, hash) -> text.append(' ').append(name).append('=').append(Long.toHexString(hash)));
        return text.toString();
    }

    /**
     * Returns the fingerprint that {@link #format} wrote.
     *
     * @param text the text form
     * @return the fingerprint
     * @throws IllegalArgumentException if the text is no fingerprint
     */
    public static Fingerprint parse(String text) {
        String[] parts = text.split(" ", -1);
        var fields = new TreeMap<String, Long>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a fingerprint: '" + text + "'");
            }
            fields.put(parts[i].substring(0, equals), Long.parseUnsignedLong(parts[i].substring(equals + 1), 16));
        }
        return new Fingerprint(Long.parseUnsignedLong(parts[0], 16), fields);
    }

    /**
     * Returns the empty fingerprint, which no record has.
     *
     * @return a fingerprint without fields
     */
    public static Fingerprint none() {
        return new Fingerprint(0, new TreeMap<>(Map.of()));
    }
}
