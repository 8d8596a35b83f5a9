package io.mlconnector.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an amount is booked in the general ledger.
 *
 * @param account account code; null if unknown
 * @param costCenter cost centre; null if unknown
 * @param dimensions further accounting dimensions by name, in order
 */
public record GlCoding(@Nullable String account, @Nullable String costCenter, Map<String, String> dimensions) {

    /** Copies the dimensions. */
    public GlCoding {
        dimensions = dimensions.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }
}
