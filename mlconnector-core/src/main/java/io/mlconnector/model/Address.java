package io.mlconnector.model;

import org.jspecify.annotations.Nullable;

/**
 * A postal address; every part may be unknown.
 *
 * @param line1 street and number
 * @param line2 further detail
 * @param city town
 * @param region state, county or province
 * @param postalCode postal code
 * @param country ISO 3166 code of two letters
 */
public record Address(
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country) {

    /**
     * Returns whether nothing is known.
     *
     * @return true if every part is null
     */
    public boolean empty() {
        return line1 == null
                && line2 == null
                && city == null
                && region == null
                && postalCode == null
                && country == null;
    }
}
