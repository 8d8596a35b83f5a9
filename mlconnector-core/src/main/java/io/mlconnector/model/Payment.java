package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money received for invoices, or paid for bills.
 *
 * @param key identity of the record
 * @param reference the reference that a person would look for; null if unknown
 * @param payer the customer who paid, or the vendor who was paid; null if unknown
 * @param allocations how the money is spread over invoices or bills
 * @param amount what was paid, in the currency of the payment
 * @param fee what the payment system kept, in the currency of settlement; null if unknown
 * @param settled what arrives: net of the fee, in the currency of settlement; null if unknown
 * @param exchangeRate currency of settlement per currency of payment; null if unknown
 * @param paidAt when the money moved
 * @param method means of payment, such as {@code card} or {@code sepa_debit}; null if unknown
 * @param status where the payment stands
 * @param attributes further fields, such as custom ones
 */
public record Payment(
        RecordKey key,
        @Nullable String reference,
        @Nullable RecordKey payer,
        List<Allocation> allocations,
        Money amount,
        @Nullable Money fee,
        @Nullable Money settled,
        @Nullable BigDecimal exchangeRate,
        Instant paidAt,
        @Nullable String method,
        Status status,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Payment {
        requireNonNull(key, "key");
        allocations = List.copyOf(allocations);
        requireNonNull(amount, "amount");
        requireNonNull(paidAt, "paidAt");
        requireNonNull(status, "status");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, amount, paidAt, status must be set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<Money> bookValue() {
        return Optional.of(amount);
    }

    @Override
    public List<RecordKey> references() {
        return Stream.concat(Stream.ofNullable(payer), allocations.stream().map(Allocation::document))
                .toList();
    }

    /** Where a payment stands. */
    public enum Status {
        /** On its way. */
        PENDING,
        /** The money moved. */
        SUCCEEDED,
        /** The money did not move. */
        FAILED,
        /** Called off. */
        CANCELED
    }

    /** Builds a Payment. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String reference;
        private @Nullable RecordKey payer;
        private List<Allocation> allocations = List.of();
        private @Nullable Money amount;
        private @Nullable Money fee;
        private @Nullable Money settled;
        private @Nullable BigDecimal exchangeRate;
        private @Nullable Instant paidAt;
        private @Nullable String method;
        private @Nullable Status status;
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
         * Sets the reference that a person would look for.
         *
         * @param reference the reference that a person would look for; null if unknown
         * @return this builder
         */
        public Builder reference(@Nullable String reference) {
            this.reference = reference;
            return this;
        }

        /**
         * Sets the customer who paid, or the vendor who was paid.
         *
         * @param payer the customer who paid, or the vendor who was paid; null if unknown
         * @return this builder
         */
        public Builder payer(@Nullable RecordKey payer) {
            this.payer = payer;
            return this;
        }

        /**
         * Sets how the money is spread over invoices or bills.
         *
         * @param allocations how the money is spread over invoices or bills
         * @return this builder
         */
        public Builder allocations(List<Allocation> allocations) {
            this.allocations = requireNonNull(allocations, "allocations");
            return this;
        }

        /**
         * Sets what was paid, in the currency of the payment.
         *
         * @param amount what was paid, in the currency of the payment
         * @return this builder
         */
        public Builder amount(Money amount) {
            this.amount = requireNonNull(amount, "amount");
            return this;
        }

        /**
         * Sets what the payment system kept, in the currency of settlement.
         *
         * @param fee what the payment system kept, in the currency of settlement; null if unknown
         * @return this builder
         */
        public Builder fee(@Nullable Money fee) {
            this.fee = fee;
            return this;
        }

        /**
         * Sets what arrives: net of the fee, in the currency of settlement.
         *
         * @param settled what arrives: net of the fee, in the currency of settlement; null if unknown
         * @return this builder
         */
        public Builder settled(@Nullable Money settled) {
            this.settled = settled;
            return this;
        }

        /**
         * Sets currency of settlement per currency of payment.
         *
         * @param exchangeRate currency of settlement per currency of payment; null if unknown
         * @return this builder
         */
        public Builder exchangeRate(@Nullable BigDecimal exchangeRate) {
            this.exchangeRate = exchangeRate;
            return this;
        }

        /**
         * Sets when the money moved.
         *
         * @param paidAt when the money moved
         * @return this builder
         */
        public Builder paidAt(Instant paidAt) {
            this.paidAt = requireNonNull(paidAt, "paidAt");
            return this;
        }

        /**
         * Sets means of payment, such as {@code card} or {@code sepa_debit}.
         *
         * @param method means of payment, such as {@code card} or {@code sepa_debit}; null if unknown
         * @return this builder
         */
        public Builder method(@Nullable String method) {
            this.method = method;
            return this;
        }

        /**
         * Sets where the payment stands.
         *
         * @param status where the payment stands
         * @return this builder
         */
        public Builder status(Status status) {
            this.status = requireNonNull(status, "status");
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
        public Payment build() {
            return new Payment(
                    requireNonNull(key, "key"),
                    reference,
                    payer,
                    allocations,
                    requireNonNull(amount, "amount"),
                    fee,
                    settled,
                    exchangeRate,
                    requireNonNull(paidAt, "paidAt"),
                    method,
                    requireNonNull(status, "status"),
                    attributes);
        }
    }
}
