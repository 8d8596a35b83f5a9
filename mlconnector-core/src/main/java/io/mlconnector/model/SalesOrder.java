package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a customer ordered.
 *
 * @param key identity of the record
 * @param number the order number
 * @param company the company (legal entity) that sells; null if unknown
 * @param customer who ordered
 * @param orderedOn date of the order; null if unknown
 * @param wantedOn date on which delivery is wanted; null if unknown
 * @param lines the lines, in the order of the document
 * @param net total without tax
 * @param customerReference the customer's own order number; null if unknown
 * @param status the ERP's own word for where the order stands; null if unknown
 * @param attributes further fields, such as custom ones
 */
public record SalesOrder(
        RecordKey key,
        String number,
        @Nullable String company,
        RecordKey customer,
        @Nullable LocalDate orderedOn,
        @Nullable LocalDate wantedOn,
        List<LineItem> lines,
        Money net,
        @Nullable String customerReference,
        @Nullable String status,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public SalesOrder {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        requireNonNull(customer, "customer");
        lines = List.copyOf(lines);
        requireNonNull(net, "net");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, customer, net must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<Money> bookValue() {
        return Optional.of(net);
    }

    @Override
    public List<RecordKey> references() {
        return List.of(customer);
    }

    /** Builds a SalesOrder. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String company;
        private @Nullable RecordKey customer;
        private @Nullable LocalDate orderedOn;
        private @Nullable LocalDate wantedOn;
        private List<LineItem> lines = List.of();
        private @Nullable Money net;
        private @Nullable String customerReference;
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
         * Sets the company (legal entity) that sells.
         *
         * @param company the company (legal entity) that sells; null if unknown
         * @return this builder
         */
        public Builder company(@Nullable String company) {
            this.company = company;
            return this;
        }

        /**
         * Sets who ordered.
         *
         * @param customer who ordered
         * @return this builder
         */
        public Builder customer(RecordKey customer) {
            this.customer = requireNonNull(customer, "customer");
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
         * Sets date on which delivery is wanted.
         *
         * @param wantedOn date on which delivery is wanted; null if unknown
         * @return this builder
         */
        public Builder wantedOn(@Nullable LocalDate wantedOn) {
            this.wantedOn = wantedOn;
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
         * Sets total without tax.
         *
         * @param net total without tax
         * @return this builder
         */
        public Builder net(Money net) {
            this.net = requireNonNull(net, "net");
            return this;
        }

        /**
         * Sets the customer's own order number.
         *
         * @param customerReference the customer's own order number; null if unknown
         * @return this builder
         */
        public Builder customerReference(@Nullable String customerReference) {
            this.customerReference = customerReference;
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
        public SalesOrder build() {
            return new SalesOrder(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    company,
                    requireNonNull(customer, "customer"),
                    orderedOn,
                    wantedOn,
                    lines,
                    requireNonNull(net, "net"),
                    customerReference,
                    status,
                    attributes);
        }
    }
}
