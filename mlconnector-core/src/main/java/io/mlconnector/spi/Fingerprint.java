package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One hash of 64 bits per top-level field of a record, and one for the whole: tells which fields changed without keeping
 * anyone's data. One that was read from a store stays text until its fields are asked for, because most records turn out
 * unchanged by the hash of the whole. Immutable.
 */
public final class Fingerprint {

    private static final Fingerprint NONE = new Fingerprint(0, new Fields(List.of(), new long[0]), "0");

    private final long whole;
    private final @Nullable Fields fields;
    private final @Nullable String text;

    private Fingerprint(long whole, @Nullable Fields fields, @Nullable String text) {
        this.whole = whole;
        this.fields = fields;
        this.text = text;
    }

    /**
     * Creates a fingerprint.
     *
     * @param whole the hash of the whole record
     * @param fields the hash of each field, by name
     */
    public Fingerprint(long whole, SortedMap<String, Long> fields) {
        this(whole, Fields.of(requireNonNull(fields, "fields")), null);
    }

    /**
     * Returns a fingerprint of fields whose names are in alphabetical order already.
     *
     * @param whole the hash of the whole record
     * @param names the names of the fields in alphabetical order; an immutable list is shared, not copied
     * @param hashes the hash of each field, in the order of the names
     * @return the fingerprint
     */
    public static Fingerprint ofSorted(long whole, List<String> names, long[] hashes) {
        if (names.size() != hashes.length) {
            throw new IllegalArgumentException(names.size() + " names and " + hashes.length + " hashes");
        }
        return new Fingerprint(whole, new Fields(List.copyOf(names), hashes.clone()), null);
    }

    /**
     * Returns the hash of the whole record.
     *
     * @return 64 bits
     */
    public long whole() {
        return whole;
    }

    /**
     * Returns the names of the fields.
     *
     * @return the names, in alphabetical order
     */
    public List<String> names() {
        return read().names;
    }

    /**
     * Returns the hash of each field, by name.
     *
     * @return an unmodifiable map, made anew each time
     */
    public SortedMap<String, Long> fields() {
        Fields read = read();
        var map = new TreeMap<String, Long>();
        for (int i = 0; i < read.hashes.length; i++) {
            map.put(read.names.get(i), read.hashes[i]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    /**
     * Returns the names of the fields that differ from an earlier fingerprint, those that only one of them has included.
     *
     * @param earlier the fingerprint to compare with
     * @return the names, in alphabetical order
     */
    public Set<String> changedSince(Fingerprint earlier) {
        Fields mine = read();
        Fields theirs = earlier.read();
        var changed = new TreeSet<String>();
        int i = 0;
        int j = 0;
        while (i < mine.hashes.length || j < theirs.hashes.length) {
            int order = i == mine.hashes.length
                    ? 1
                    : j == theirs.hashes.length ? -1 : mine.names.get(i).compareTo(theirs.names.get(j));
            if (order == 0) {
                if (mine.hashes[i] != theirs.hashes[j]) {
                    changed.add(mine.names.get(i));
                }
                i++;
                j++;
            } else {
                changed.add(order < 0 ? mine.names.get(i++) : theirs.names.get(j++));
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
        if (text != null) {
            return text;
        }
        Fields read = read();
        var form = new StringBuilder(28 * (read.hashes.length + 1)).append(Long.toHexString(whole));
        for (int i = 0; i < read.hashes.length; i++) {
            form.append(' ').append(read.names.get(i)).append('=').append(Long.toHexString(read.hashes[i]));
        }
        return form.toString();
    }

    /**
     * Returns the fingerprint that {@link #format} wrote.
     *
     * @param text the text form
     * @return the fingerprint
     * @throws IllegalArgumentException if the text is no fingerprint
     */
    public static Fingerprint parse(String text) {
        int end = end(text, 0);
        long whole = Long.parseUnsignedLong(text, 0, end, 16);
        int before = -1;
        for (int at = end; at < text.length(); at = end) {
            end = end(text, at + 1);
            int equals = text.indexOf('=', at + 1);
            if (equals < at + 2 || equals >= end || (before >= 0 && !ascending(text, before, at))) {
                throw new IllegalArgumentException("not a fingerprint: '" + text + "'");
            }
            Long.parseUnsignedLong(text, equals + 1, end, 16);
            before = at;
        }
        return new Fingerprint(whole, null, text);
    }

    /** Returns whether the name behind one blank comes before the name behind another. */
    private static boolean ascending(String text, int one, int other) {
        int i = one + 1;
        int j = other + 1;
        while (text.charAt(i) == text.charAt(j) && text.charAt(i) != '=') {
            i++;
            j++;
        }
        char mine = text.charAt(i);
        char theirs = text.charAt(j);
        return mine == '=' ? theirs != '=' : theirs != '=' && mine < theirs;
    }

    private static int end(String text, int from) {
        int blank = text.indexOf(' ', from);
        return blank < 0 ? text.length() : blank;
    }

    private Fields read() {
        return fields == null ? Fields.of(requireNonNull(text)) : fields;
    }

    /**
     * Returns the empty fingerprint, which no record has.
     *
     * @return a fingerprint without fields
     */
    public static Fingerprint none() {
        return NONE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Fingerprint that) || whole != that.whole) {
            return false;
        }
        Fields mine = read();
        Fields theirs = that.read();
        return mine.names.equals(theirs.names) && Arrays.equals(mine.hashes, theirs.hashes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(whole);
    }

    @Override
    public String toString() {
        return format();
    }

    /** Names in alphabetical order, and a hash for each. */
    private static final class Fields {

        private final List<String> names;
        private final long[] hashes;

        private Fields(List<String> names, long[] hashes) {
            this.names = names;
            this.hashes = hashes;
        }

        static Fields of(SortedMap<String, Long> map) {
            var sorted = new TreeMap<String, Long>();
            sorted.putAll(map);
            var hashes = new long[sorted.size()];
            int i = 0;
            for (Map.Entry<String, Long> field : sorted.entrySet()) {
                hashes[i++] = field.getValue();
            }
            return new Fields(List.copyOf(sorted.keySet()), hashes);
        }

        static Fields of(String text) {
            var names = new ArrayList<String>();
            var hashes = new long[text.length() / 3];
            int end = end(text, 0);
            for (int at = end; at < text.length(); at = end) {
                end = end(text, at + 1);
                int equals = text.indexOf('=', at + 1);
                hashes[names.size()] = Long.parseUnsignedLong(text, equals + 1, end, 16);
                names.add(text.substring(at + 1, equals));
            }
            return new Fields(List.copyOf(names), Arrays.copyOf(hashes, names.size()));
        }
    }
}
