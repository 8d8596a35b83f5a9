package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An open, ordered text map for fields that the canonical form has no place for. There are few of them and many records, so
 * they lie side by side instead of in a map. Immutable.
 */
public final class Attributes {

    /** No attributes. */
    public static final Attributes EMPTY = new Attributes(new String[0]);

    private final String[] entries; // name, value, name, ...; no name twice

    private Attributes(String[] entries) {
        this.entries = entries;
    }

    /**
     * Returns attributes with the entries of {@code values}, in its order.
     *
     * @param values names and texts, none of them null
     * @return the attributes
     */
    public static Attributes of(Map<String, String> values) {
        if (values.isEmpty()) {
            return EMPTY;
        }
        var entries = new String[2 * values.size()];
        int at = 0;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            entries[at++] = requireNonNull(entry.getKey(), "name");
            entries[at++] = requireNonNull(entry.getValue(), entry.getKey());
        }
        return new Attributes(entries);
    }

    /**
     * Returns the value of an attribute.
     *
     * @param name the attribute's name
     * @return its value, if there is one
     */
    public Optional<String> value(String name) {
        return Optional.ofNullable(find(name));
    }

    private @Nullable String find(Object name) {
        for (int at = 0; at < entries.length; at += 2) {
            if (entries[at].equals(name)) {
                return entries[at + 1];
            }
        }
        return null;
    }

    /**
     * Returns all attributes.
     *
     * @return an unmodifiable map, in order
     */
    public Map<String, String> asMap() {
        return entries.length == 0 ? Map.of() : new View();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that
                && (Arrays.equals(entries, that.entries) || asMap().equals(that.asMap()));
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    /** The names of the attributes that records of one kind have; made once for all of them. Immutable. */
    public static final class Names {

        private final String[] names;

        private Names(String[] names) {
            this.names = names;
        }

        /**
         * Returns the names.
         *
         * @param names the names, in order
         * @return the names
         * @throws IllegalArgumentException if a name is there twice
         */
        public static Names of(List<String> names) {
            if (Set.copyOf(names).size() < names.size()) {
                throw new IllegalArgumentException("a name is there twice: " + names);
            }
            return new Names(names.toArray(String[]::new));
        }

        /**
         * Returns attributes with these names.
         *
         * @param values a text for each name, in their order; null for an attribute that is not there
         * @return the attributes
         * @throws IllegalArgumentException if there are more or fewer texts than names
         */
        public Attributes with(@Nullable String[] values) {
            if (values.length != names.length) {
                throw new IllegalArgumentException(values.length + " texts for " + names.length + " names");
            }
            int count = 0;
            for (String value : values) {
                count += value == null ? 0 : 1;
            }
            if (count == 0) {
                return EMPTY;
            }
            var entries = new String[2 * count];
            int to = 0;
            for (int at = 0; at < values.length; at++) {
                String value = values[at];
                if (value != null) {
                    entries[to++] = names[at];
                    entries[to++] = value;
                }
            }
            return new Attributes(entries);
        }
    }

    private final class View extends AbstractMap<String, String> {

        @Override
        public int size() {
            return entries.length / 2;
        }

        @Override
        public @Nullable String get(@Nullable Object name) {
            return name == null ? null : find(name);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return get(name) != null;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> action) {
            for (int at = 0; at < entries.length; at += 2) {
                action.accept(entries[at], entries[at + 1]);
            }
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return View.this.size();
                }

                @Override
                public Iterator<Entry<String, String>> iterator() {
                    return new Entries();
                }
            };
        }
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {

        private int at;

        @Override
        public boolean hasNext() {
            return at < entries.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at += 2;
            return Map.entry(entries[at - 2], entries[at - 1]);
        }
    }
}
