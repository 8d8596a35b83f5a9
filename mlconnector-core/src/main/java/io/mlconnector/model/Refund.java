package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money given back.
 *
 * @param key identity of the record
 * @param payment the payment that it gives back; null if unknown
 * @param invoice the invoice that it concerns; null if unknown
 * @param amount what was given back
 * @param fee what the payment system kept for it; null if unknown
 * @param refundedAt when it was made
 * @param reason why; null if unknown
 * @param status where the refund stands
 * @param attributes further fields, such as custom ones
 */
public record Refund(
        RecordKey key,
        @Nullable RecordKey payment,
        @Nullable RecordKey invoice,
        Money amount,
        @Nullable Money fee,
        Instant refundedAt,
        @Nullable String reason,
        Status status,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Refund {
        requireNonNull(key, "key");
        requireNonNull(amount, "amount");
        requireNonNull(refundedAt, "refundedAt");
        requireNonNull(status, "status");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, amount, refundedAt, status must be set.
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
        return Stream.of(payment, invoice).filter(Objects::nonNull).toList();
    }

    /** Where a refund stands. */
    public enum Status {
        /** On its way. */
        PENDING,
        /** The money moved. */
        SUCCEEDED,
        /** The money did not move, or came back. */
        FAILED,
        /** Called off. */
        CANCELED
    }

    /** Builds a Refund. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable RecordKey payment;
        private @Nullable RecordKey invoice;
        private @Nullable Money amount;
        private @Nullable Money fee;
        private @Nullable Instant refundedAt;
        private @Nullable String reason;
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
         * Sets the payment that it gives back.
         *
         * @param payment the payment that it gives back; null if unknown
         * @return this builder
         */
        public Builder payment(@Nullable RecordKey payment) {
            this.payment = payment;
            return this;
        }

        /**
         * Sets the invoice that it concerns.
         *
         * @param invoice the invoice that it concerns; null if unknown
         * @return this builder
         */
        public Builder invoice(@Nullable RecordKey invoice) {
            this.invoice = invoice;
            return this;
        }

        /**
         * Sets what was given back.
         *
         * @param amount what was given back
         * @return this builder
         */
        public Builder amount(Money amount) {
            this.amount = requireNonNull(amount, "amount");
            return this;
        }

        /**
         * Sets what the payment system kept for it.
         *
         * @param fee what the payment system kept for it; null if unknown
         * @return this builder
         */
        public Builder fee(@Nullable Money fee) {
            this.fee = fee;
            return this;
        }

        /**
         * Sets when it was made.
         *
         * @param refundedAt when it was made
         * @return this builder
         */
        public Builder refundedAt(Instant refundedAt) {
            this.refundedAt = requireNonNull(refundedAt, "refundedAt");
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
         * Sets where the refund stands.
         *
         * @param status where the refund stands
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
        public Refund build() {
            return new Refund(
                    requireNonNull(key, "key"),
                    payment,
                    invoice,
                    requireNonNull(amount, "amount"),
                    fee,
                    requireNonNull(refundedAt, "refundedAt"),
                    reason,
                    requireNonNull(status, "status"),
                    attributes);
        }
    }
}
