package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.spi.Settings;
import org.jspecify.annotations.Nullable;

/** Rules that exist only where the configuration names their column, because the delivered sets have none. */
final class OptionalRules {

    private final RecordMapping.Rules<?> rules;
    private final Settings overrides;

    OptionalRules(RecordMapping.Rules<?> rules, Settings overrides) {
        this.rules = rules;
        this.overrides = overrides;
    }

    <V> Reading<V> field(String canonical, Conversion<V> conversion) {
        if (!overrides.has(canonical)) {
            return values -> null;
        }
        Settings override = overrides.section(canonical);
        override.text("from"); // a fault where it is missing, because there is no default
        override.has("table");
        override.has("default");
        Field<V> field = rules.field(canonical, "", conversion);
        return field::orNull;
    }

    /** A value, where the column is configured and not empty. */
    interface Reading<V> {

        @Nullable V of(Values values);
    }
}
