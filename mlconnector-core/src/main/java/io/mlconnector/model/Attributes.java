package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An open, ordered text map for fields that the canonical form has no place for. Immutable. */
public final class Attributes {

    /** No attributes. */
    public static final Attributes EMPTY = new Attributes(Map.of());

    private final Map<String, String> values;

    private Attributes(Map<String, String> values) {
        this.values = values;
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
        if (values.size() == 1) {
            return new Attributes(Map.copyOf(values));
        }
        var copy = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> copy.put(requireNonNull(name, "name"), requireNonNull(value, name)));
        return new Attributes(Collections.unmodifiableMap(copy));
    }

    /**
     * Returns the value of an attribute.
     *
     * @param name the attribute's name
     * @return its value, if there is one
     */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns all attributes.
     *
     * @return an unmodifiable map, in order
     */
    public Map<String, String> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
