package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we ordered from a vendor.
 *
 * @param key identity of the record
 * @param number the order number
 * @param company the company (legal entity) that buys; null if unknown
 * @param vendor from whom we ordered
 * @param orderedOn date of the order; null if unknown
 * @param currency ISO 4217 code of the order
 * @param lines the lines, in the order of the document
 * @param status the ERP's own word for where the order stands; null if unknown
 * @param attributes further fields, such as custom ones
 */
public record PurchaseOrder(
        RecordKey key,
        String number,
        @Nullable String company,
        RecordKey vendor,
        @Nullable LocalDate orderedOn,
        String currency,
        List<LineItem> lines,
        @Nullable String status,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public PurchaseOrder {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        requireNonNull(vendor, "vendor");
        requireNonNull(currency, "currency");
        lines = List.copyOf(lines);
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, vendor, currency must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<RecordKey> references() {
        return List.of(vendor);
    }

    /** Builds a PurchaseOrder. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String company;
        private @Nullable RecordKey vendor;
        private @Nullable LocalDate orderedOn;
        private @Nullable String currency;
        private List<LineItem> lines = List.of();
        private @Nullable String status;
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
         * Sets the order number.
         *
         * @param number the order number
         * @return this builder
         */
        public Builder number(String number) {
            this.number = requireNonNull(number, "number");
            return this;
        }

        /**
         * Sets the company (legal entity) that buys.
         *
         * @param company the company (legal entity) that buys; null if unknown
         * @return this builder
         */
        public Builder company(@Nullable String company) {
            this.company = company;
            return this;
        }

        /**
         * Sets from whom we ordered.
         *
         * @param vendor from whom we ordered
         * @return this builder
         */
        public Builder vendor(RecordKey vendor) {
            this.vendor = requireNonNull(vendor, "vendor");
            return this;
        }

        /**
         * Sets date of the order.
         *
         * @param orderedOn date of the order; null if unknown
         * @return this builder
         */
        public Builder orderedOn(@Nullable LocalDate orderedOn) {
            this.orderedOn = orderedOn;
            return this;
        }

        /**
         * Sets ISO 4217 code of the order.
         *
         * @param currency ISO 4217 code of the order
         * @return this builder
         */
        public Builder currency(String currency) {
            this.currency = requireNonNull(currency, "currency");
            return this;
        }

        /**
         * Sets the lines, in the order of the document.
         *
         * @param lines the lines, in the order of the document
         * @return this builder
         */
        public Builder lines(List<LineItem> lines) {
            this.lines = requireNonNull(lines, "lines");
            return this;
        }

        /**
         * Sets the ERP's own word for where the order stands.
         *
         * @param status the ERP's own word for where the order stands; null if unknown
         * @return this builder
         */
        public Builder status(@Nullable String status) {
            this.status = status;
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
        public PurchaseOrder build() {
            return new PurchaseOrder(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    company,
                    requireNonNull(vendor, "vendor"),
                    orderedOn,
                    requireNonNull(currency, "currency"),
                    lines,
                    status,
                    attributes);
        }
    }
}
