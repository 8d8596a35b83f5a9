package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A tax registration.
 *
 * @param kind what kind of registration
 * @param value the number, as registered
 * @param country ISO 3166 code of the country that gave it; null if unknown
 */
public record TaxId(Kind kind, String value, @Nullable String country) {

    /** What kind of registration. */
    public enum Kind {
        /** Value added tax, or goods and services tax. */
        VAT,
        /** Business or company register. */
        REGISTRATION,
        /** Any other. */
        OTHER
    }

    /** Refuses nulls. */
    public TaxId {
        requireNonNull(kind, "kind");
        requireNonNull(value, "value");
    }
}
