package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment that its payer contests.
 *
 * @param key identity of the record
 * @param payment the payment in question; null if unknown
 * @param invoice the invoice that it concerns; null if unknown
 * @param amount what is contested
 * @param fee what the payment system kept for it; null if unknown
 * @param openedAt when it was opened
 * @param evidenceDueBy until when evidence is taken; null if unknown
 * @param reason why; null if unknown
 * @param status where the dispute stands
 * @param attributes further fields, such as custom ones
 */
public record Dispute(
        RecordKey key,
        @Nullable RecordKey payment,
        @Nullable RecordKey invoice,
        Money amount,
        @Nullable Money fee,
        Instant openedAt,
        @Nullable Instant evidenceDueBy,
        @Nullable String reason,
        Status status,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Dispute {
        requireNonNull(key, "key");
        requireNonNull(amount, "amount");
        requireNonNull(openedAt, "openedAt");
        requireNonNull(status, "status");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, amount, openedAt, status must be set.
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

    /** Where a dispute stands. */
    public enum Status {
        /** A question, no money withdrawn. */
        INQUIRY,
        /** Open, waits for evidence. */
        NEEDS_RESPONSE,
        /** Evidence is being looked at. */
        UNDER_REVIEW,
        /** Decided for us. */
        WON,
        /** Decided for the payer. */
        LOST,
        /** Ended without a decision. */
        CLOSED
    }

    /** Builds a Dispute. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable RecordKey payment;
        private @Nullable RecordKey invoice;
        private @Nullable Money amount;
        private @Nullable Money fee;
        private @Nullable Instant openedAt;
        private @Nullable Instant evidenceDueBy;
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
         * Sets the payment in question.
         *
         * @param payment the payment in question; null if unknown
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
         * Sets what is contested.
         *
         * @param amount what is contested
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
         * Sets when it was opened.
         *
         * @param openedAt when it was opened
         * @return this builder
         */
        public Builder openedAt(Instant openedAt) {
            this.openedAt = requireNonNull(openedAt, "openedAt");
            return this;
        }

        /**
         * Sets until when evidence is taken.
         *
         * @param evidenceDueBy until when evidence is taken; null if unknown
         * @return this builder
         */
        public Builder evidenceDueBy(@Nullable Instant evidenceDueBy) {
            this.evidenceDueBy = evidenceDueBy;
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
         * Sets where the dispute stands.
         *
         * @param status where the dispute stands
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
        public Dispute build() {
            return new Dispute(
                    requireNonNull(key, "key"),
                    payment,
                    invoice,
                    requireNonNull(amount, "amount"),
                    fee,
                    requireNonNull(openedAt, "openedAt"),
                    evidenceDueBy,
                    reason,
                    requireNonNull(status, "status"),
                    attributes);
        }
    }
}
