package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An account of the general ledger.
 *
 * @param key identity of the record
 * @param company the company (legal entity) that it belongs to
 * @param code its code
 * @param description its name; null if unknown
 * @param validFrom first day on which it may be posted to; null if unknown
 * @param validUntil last day on which it may be posted to; null if unknown
 * @param attributes further fields, such as custom ones
 */
public record GlAccount(
        RecordKey key,
        String company,
        String code,
        @Nullable String description,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public GlAccount {
        requireNonNull(key, "key");
        requireNonNull(company, "company");
        requireNonNull(code, "code");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, company, code must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a GlAccount. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String company;
        private @Nullable String code;
        private @Nullable String description;
        private @Nullable LocalDate validFrom;
        private @Nullable LocalDate validUntil;
        private Attributes attributes = Attributes.EMPTY;

        private Builder() {}

        /**
         * Sets identity of the record.
         *
         * @param key identity of the record
         * @return this builder
         */
        public Builder key(RecordKey key) {
            this.key = requireNonNull(key, "key");
            return this;
        }

        /**
         * Sets the company (legal entity) that it belongs to.
         *
         * @param company the company (legal entity) that it belongs to
         * @return this builder
         */
        public Builder company(String company) {
            this.company = requireNonNull(company, "company");
            return this;
        }

        /**
         * Sets its code.
         *
         * @param code its code
         * @return this builder
         */
        public Builder code(String code) {
            this.code = requireNonNull(code, "code");
            return this;
        }

        /**
         * Sets its name.
         *
         * @param description its name; null if unknown
         * @return this builder
         */
        public Builder description(@Nullable String description) {
            this.description = description;
            return this;
        }

        /**
         * Sets first day on which it may be posted to.
         *
         * @param validFrom first day on which it may be posted to; null if unknown
         * @return this builder
         */
        public Builder validFrom(@Nullable LocalDate validFrom) {
            this.validFrom = validFrom;
            return this;
        }

        /**
         * Sets last day on which it may be posted to.
         *
         * @param validUntil last day on which it may be posted to; null if unknown
         * @return this builder
         */
        public Builder validUntil(@Nullable LocalDate validUntil) {
            this.validUntil = validUntil;
            return this;
        }

        /**
         * Sets further fields, such as custom ones.
         *
         * @param attributes further fields, such as custom ones
         * @return this builder
         */
        public Builder attributes(Attributes attributes) {
            this.attributes = requireNonNull(attributes, "attributes");
            return this;
        }

        /**
         * Returns the record.
         *
         * @return the record
         * @throws NullPointerException if a needed value is missing
         */
        public GlAccount build() {
            return new GlAccount(
                    requireNonNull(key, "key"),
                    requireNonNull(company, "company"),
                    requireNonNull(code, "code"),
                    description,
                    validFrom,
                    validUntil,
                    attributes);
        }
    }
}
