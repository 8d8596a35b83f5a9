package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A receivable: what a customer owes.
 *
 * @param key identity of the record
 * @param number the invoice number as printed
 * @param company the company (legal entity) that issued it; null if unknown
 * @param customer who owes it
 * @param issuedOn date of issue; null if unknown
 * @param dueOn date on which it is due; null if unknown
 * @param lines the lines, in the order of the document
 * @param net total without tax
 * @param tax total tax
 * @param total what is owed: net plus tax
 * @param orderNumbers the sales orders it invoices
 * @param status where the invoice stands
 * @param memo text for the customer; null if unknown
 * @param attributes further fields, such as custom ones
 */
public record Invoice(
        RecordKey key,
        String number,
        @Nullable String company,
        RecordKey customer,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        List<LineItem> lines,
        Money net,
        Money tax,
        Money total,
        List<String> orderNumbers,
        Status status,
        @Nullable String memo,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Invoice {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        requireNonNull(customer, "customer");
        lines = List.copyOf(lines);
        requireNonNull(net, "net");
        requireNonNull(tax, "tax");
        requireNonNull(total, "total");
        orderNumbers = List.copyOf(orderNumbers);
        requireNonNull(status, "status");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, customer, net, tax, total, status must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<Money> bookValue() {
        return Optional.of(total);
    }

    @Override
    public List<RecordKey> references() {
        return List.of(customer);
    }

    /** Where an invoice stands. */
    public enum Status {
        /** Not yet final. */
        DRAFT,
        /** Final and owed. */
        OPEN,
        /** Settled. */
        PAID,
        /** Cancelled. */
        VOID,
        /** Given up. */
        UNCOLLECTIBLE
    }

    /** Builds an Invoice. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String company;
        private @Nullable RecordKey customer;
        private @Nullable LocalDate issuedOn;
        private @Nullable LocalDate dueOn;
        private List<LineItem> lines = List.of();
        private @Nullable Money net;
        private @Nullable Money tax;
        private @Nullable Money total;
        private List<String> orderNumbers = List.of();
        private @Nullable Status status;
        private @Nullable String memo;
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
         * Sets the invoice number as printed.
         *
         * @param number the invoice number as printed
         * @return this builder
         */
        public Builder number(String number) {
            this.number = requireNonNull(number, "number");
            return this;
        }

        /**
         * Sets the company (legal entity) that issued it.
         *
         * @param company the company (legal entity) that issued it; null if unknown
         * @return this builder
         */
        public Builder company(@Nullable String company) {
            this.company = company;
            return this;
        }

        /**
         * Sets who owes it.
         *
         * @param customer who owes it
         * @return this builder
         */
        public Builder customer(RecordKey customer) {
            this.customer = requireNonNull(customer, "customer");
            return this;
        }

        /**
         * Sets date of issue.
         *
         * @param issuedOn date of issue; null if unknown
         * @return this builder
         */
        public Builder issuedOn(@Nullable LocalDate issuedOn) {
            this.issuedOn = issuedOn;
            return this;
        }

        /**
         * Sets date on which it is due.
         *
         * @param dueOn date on which it is due; null if unknown
         * @return this builder
         */
        public Builder dueOn(@Nullable LocalDate dueOn) {
            this.dueOn = dueOn;
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
         * Sets total tax.
         *
         * @param tax total tax
         * @return this builder
         */
        public Builder tax(Money tax) {
            this.tax = requireNonNull(tax, "tax");
            return this;
        }

        /**
         * Sets what is owed: net plus tax.
         *
         * @param total what is owed: net plus tax
         * @return this builder
         */
        public Builder total(Money total) {
            this.total = requireNonNull(total, "total");
            return this;
        }

        /**
         * Sets the sales orders it invoices.
         *
         * @param orderNumbers the sales orders it invoices
         * @return this builder
         */
        public Builder orderNumbers(List<String> orderNumbers) {
            this.orderNumbers = requireNonNull(orderNumbers, "orderNumbers");
            return this;
        }

        /**
         * Sets where the invoice stands.
         *
         * @param status where the invoice stands
         * @return this builder
         */
        public Builder status(Status status) {
            this.status = requireNonNull(status, "status");
            return this;
        }

        /**
         * Sets text for the customer.
         *
         * @param memo text for the customer; null if unknown
         * @return this builder
         */
        public Builder memo(@Nullable String memo) {
            this.memo = memo;
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
        public Invoice build() {
            return new Invoice(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    company,
                    requireNonNull(customer, "customer"),
                    issuedOn,
                    dueOn,
                    lines,
                    requireNonNull(net, "net"),
                    requireNonNull(tax, "tax"),
                    requireNonNull(total, "total"),
                    orderNumbers,
                    requireNonNull(status, "status"),
                    memo,
                    attributes);
        }
    }
}
