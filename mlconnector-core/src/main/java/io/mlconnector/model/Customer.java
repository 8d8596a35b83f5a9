package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer of ours, who owes invoices.
 *
 * @param key identity of the record
 * @param number the ERP's customer number
 * @param name legal or trading name
 * @param email where invoices are mailed; null if unknown
 * @param phone telephone number as written; null if unknown
 * @param billingAddress where invoices go; null if unknown
 * @param shippingAddress where goods go; null if unknown
 * @param taxIds tax registrations
 * @param language BCP 47 language tag, such as {@code de} or {@code en-GB}; null if unknown
 * @param currency ISO 4217 code of the usual currency; null if unknown
 * @param paymentTerms the ERP's code of the payment terms; null if unknown
 * @param active whether business with the customer goes on
 * @param attributes further fields, such as custom ones
 */
public record Customer(
        RecordKey key,
        String number,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address billingAddress,
        @Nullable Address shippingAddress,
        List<TaxId> taxIds,
        @Nullable String language,
        @Nullable String currency,
        @Nullable String paymentTerms,
        boolean active,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Customer {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        requireNonNull(name, "name");
        taxIds = List.copyOf(taxIds);
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, name must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a Customer. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable String phone;
        private @Nullable Address billingAddress;
        private @Nullable Address shippingAddress;
        private List<TaxId> taxIds = List.of();
        private @Nullable String language;
        private @Nullable String currency;
        private @Nullable String paymentTerms;
        private boolean active = true;
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
         * Sets the ERP's customer number.
         *
         * @param number the ERP's customer number
         * @return this builder
         */
        public Builder number(String number) {
            this.number = requireNonNull(number, "number");
            return this;
        }

        /**
         * Sets legal or trading name.
         *
         * @param name legal or trading name
         * @return this builder
         */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets where invoices are mailed.
         *
         * @param email where invoices are mailed; null if unknown
         * @return this builder
         */
        public Builder email(@Nullable String email) {
            this.email = email;
            return this;
        }

        /**
         * Sets telephone number as written.
         *
         * @param phone telephone number as written; null if unknown
         * @return this builder
         */
        public Builder phone(@Nullable String phone) {
            this.phone = phone;
            return this;
        }

        /**
         * Sets where invoices go.
         *
         * @param billingAddress where invoices go; null if unknown
         * @return this builder
         */
        public Builder billingAddress(@Nullable Address billingAddress) {
            this.billingAddress = billingAddress;
            return this;
        }

        /**
         * Sets where goods go.
         *
         * @param shippingAddress where goods go; null if unknown
         * @return this builder
         */
        public Builder shippingAddress(@Nullable Address shippingAddress) {
            this.shippingAddress = shippingAddress;
            return this;
        }

        /**
         * Sets tax registrations.
         *
         * @param taxIds tax registrations
         * @return this builder
         */
        public Builder taxIds(List<TaxId> taxIds) {
            this.taxIds = requireNonNull(taxIds, "taxIds");
            return this;
        }

        /**
         * Sets BCP 47 language tag, such as {@code de} or {@code en-GB}.
         *
         * @param language BCP 47 language tag, such as {@code de} or {@code en-GB}; null if unknown
         * @return this builder
         */
        public Builder language(@Nullable String language) {
            this.language = language;
            return this;
        }

        /**
         * Sets ISO 4217 code of the usual currency.
         *
         * @param currency ISO 4217 code of the usual currency; null if unknown
         * @return this builder
         */
        public Builder currency(@Nullable String currency) {
            this.currency = currency;
            return this;
        }

        /**
         * Sets the ERP's code of the payment terms.
         *
         * @param paymentTerms the ERP's code of the payment terms; null if unknown
         * @return this builder
         */
        public Builder paymentTerms(@Nullable String paymentTerms) {
            this.paymentTerms = paymentTerms;
            return this;
        }

        /**
         * Sets whether business with the customer goes on.
         *
         * @param active whether business with the customer goes on
         * @return this builder
         */
        public Builder active(boolean active) {
            this.active = active;
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
        public Customer build() {
            return new Customer(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    requireNonNull(name, "name"),
                    email,
                    phone,
                    billingAddress,
                    shippingAddress,
                    taxIds,
                    language,
                    currency,
                    paymentTerms,
                    active,
                    attributes);
        }
    }
}
