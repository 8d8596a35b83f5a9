package io.mlconnector.mapping;

import org.jspecify.annotations.Nullable;

/** What a mapping renders into. For one thread, once. */
interface Body {

    /** Adds a parameter; null where its value is to be taken away. */
    void put(WriteRule<?> rule, @Nullable Object value);
}
