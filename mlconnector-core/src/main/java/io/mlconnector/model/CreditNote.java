package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document that lowers an invoice.
 *
 * @param key identity of the record
 * @param number the number as printed
 * @param invoice the invoice that it lowers; null if unknown
 * @param customer to whom it is given; null if unknown
 * @param issuedOn date of issue; null if unknown
 * @param lines the lines, in the order of the document
 * @param total by how much it lowers the invoice, tax included; positive
 * @param reason why; null if unknown
 * @param valid false once it is voided
 * @param attributes further fields, such as custom ones
 */
public record CreditNote(
        RecordKey key,
        String number,
        @Nullable RecordKey invoice,
        @Nullable RecordKey customer,
        @Nullable LocalDate issuedOn,
        List<LineItem> lines,
        Money total,
        @Nullable String reason,
        boolean valid,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public CreditNote {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        lines = List.copyOf(lines);
        requireNonNull(total, "total");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, total must be set.
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
        return Stream.of(invoice, customer).filter(Objects::nonNull).toList();
    }

    /** Builds a CreditNote. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable RecordKey invoice;
        private @Nullable RecordKey customer;
        private @Nullable LocalDate issuedOn;
        private List<LineItem> lines = List.of();
        private @Nullable Money total;
        private @Nullable String reason;
        private boolean valid = true;
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
         * Sets the number as printed.
         *
         * @param number the number as printed
         * @return this builder
         */
        public Builder number(String number) {
            this.number = requireNonNull(number, "number");
            return this;
        }

        /**
         * Sets the invoice that it lowers.
         *
         * @param invoice the invoice that it lowers; null if unknown
         * @return this builder
         */
        public Builder invoice(@Nullable RecordKey invoice) {
            this.invoice = invoice;
            return this;
        }

        /**
         * Sets to whom it is given.
         *
         * @param customer to whom it is given; null if unknown
         * @return this builder
         */
        public Builder customer(@Nullable RecordKey customer) {
            this.customer = customer;
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
         * Sets by how much it lowers the invoice, tax included; positive.
         *
         * @param total by how much it lowers the invoice, tax included; positive
         * @return this builder
         */
        public Builder total(Money total) {
            this.total = requireNonNull(total, "total");
            return this;
        }

        /**
         * Sets why.
         *
         * @param reason why; null if unknown
         * @return this builder
         */
        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        /**
         * Sets false once it is voided.
         *
         * @param valid false once it is voided
         * @return this builder
         */
        public Builder valid(boolean valid) {
            this.valid = valid;
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
        public CreditNote build() {
            return new CreditNote(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    invoice,
                    customer,
                    issuedOn,
                    lines,
                    requireNonNull(total, "total"),
                    reason,
                    valid,
                    attributes);
        }
    }
}
