package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.MappingException;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a mapping, as the code that builds records reads it.
 *
 * @param <V> the kind of value
 */
public final class Field<V> {

    private final String name;
    private final int index;

    Field(String name, int index) {
        this.name = name;
        this.index = index;
    }

    /**
     * Returns the value of a rule that is required.
     *
     * @param values the converted row
     * @return the value
     * @throws MappingException if the wire has no value
     */
    public V of(Values values) {
        V value = orNull(values);
        if (value == null) {
            throw new MappingException(name + " is missing");
        }
        return requireNonNull(value);
    }

    /**
     * Returns the value of a rule.
     *
     * @param values the converted row
     * @return the value; null if the wire has none
     */
    @SuppressWarnings("unchecked") // the mapping puts what the rule's conversion returned
    public @Nullable V orNull(Values values) {
        return (V) values.value(index);
    }

    /**
     * Returns the value of a rule, or a default.
     *
     * @param values the converted row
     * @param otherwise the default
     * @return the value or the default
     */
    public V or(Values values, V otherwise) {
        V value = orNull(values);
        return value == null ? otherwise : value;
    }

    /**
     * Returns the canonical field that the rule fills.
     *
     * @return the name, such as {@code billingAddress.city}
     */
    public String name() {
        return name;
    }
}
