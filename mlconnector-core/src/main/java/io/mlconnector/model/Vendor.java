package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vendor of ours, who sends bills. Bank data is left out on purpose.
 *
 * @param key identity of the record
 * @param number the ERP's supplier number
 * @param name legal or trading name
 * @param email where remittance advice goes; null if unknown
 * @param phone telephone number as written; null if unknown
 * @param address postal address; null if unknown
 * @param taxIds tax registrations
 * @param currency ISO 4217 code of the currency in which the vendor is paid; null if unknown
 * @param paymentTerms the ERP's code of the payment terms; null if unknown
 * @param active whether business with the vendor goes on
 * @param attributes further fields, such as custom ones
 */
public record Vendor(
        RecordKey key,
        String number,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address,
        List<TaxId> taxIds,
        @Nullable String currency,
        @Nullable String paymentTerms,
        boolean active,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Vendor {
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

    /** Builds a Vendor. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable String phone;
        private @Nullable Address address;
        private List<TaxId> taxIds = List.of();
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
         * Sets the ERP's supplier number.
         *
         * @param number the ERP's supplier number
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
         * Sets where remittance advice goes.
         *
         * @param email where remittance advice goes; null if unknown
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
         * Sets postal address.
         *
         * @param address postal address; null if unknown
         * @return this builder
         */
        public Builder address(@Nullable Address address) {
            this.address = address;
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
         * Sets ISO 4217 code of the currency in which the vendor is paid.
         *
         * @param currency ISO 4217 code of the currency in which the vendor is paid; null if unknown
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
         * Sets whether business with the vendor goes on.
         *
         * @param active whether business with the vendor goes on
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
        public Vendor build() {
            return new Vendor(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    requireNonNull(name, "name"),
                    email,
                    phone,
                    address,
                    taxIds,
                    currency,
                    paymentTerms,
                    active,
                    attributes);
        }
    }
}
