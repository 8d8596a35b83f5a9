package io.mlconnector.mapping;

import io.mlconnector.model.Attributes;
import org.jspecify.annotations.Nullable;

/** A row whose fields are converted by the rules of a mapping. */
public final class Values {

    private final @Nullable Object[] values;
    private final Attributes attributes;

    Values(@Nullable Object[] values, Attributes attributes) {
        this.values = values;
        this.attributes = attributes;
    }

    @Nullable Object value(int index) {
        return values[index];
    }

    /**
     * Returns the fields that rules named {@code attributes.…} filled.
     *
     * @return the attributes
     */
    public Attributes attributes() {
        return attributes;
    }
}
