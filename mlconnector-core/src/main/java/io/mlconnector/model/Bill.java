package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payable: what we owe a vendor; also called a supplier invoice.
 *
 * @param key identity of the record
 * @param number the vendor's invoice number
 * @param company the company (legal entity) that owes it; null if unknown
 * @param vendor whom we owe
 * @param issuedOn date of the bill; null if unknown
 * @param dueOn date on which it is due; null if unknown
 * @param lines the lines, in the order of the document
 * @param net total without tax
 * @param tax total tax
 * @param total what we owe: net plus tax
 * @param purchaseOrderNumber the purchase order it refers to; null if unknown
 * @param approval whether it may be posted
 * @param paymentStatus how much of it is paid
 * @param paidOn date of the last payment; null if unknown
 * @param memo remark; null if unknown
 * @param attributes further fields, such as custom ones
 */
public record Bill(
        RecordKey key,
        String number,
        @Nullable String company,
        RecordKey vendor,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        List<LineItem> lines,
        Money net,
        Money tax,
        Money total,
        @Nullable String purchaseOrderNumber,
        Approval approval,
        PaymentStatus paymentStatus,
        @Nullable LocalDate paidOn,
        @Nullable String memo,
        Attributes attributes)
        implements BusinessRecord {

    /** Refuses nulls where a value is needed, and copies lists. */
    public Bill {
        requireNonNull(key, "key");
        requireNonNull(number, "number");
        requireNonNull(vendor, "vendor");
        lines = List.copyOf(lines);
        requireNonNull(net, "net");
        requireNonNull(tax, "tax");
        requireNonNull(total, "total");
        requireNonNull(approval, "approval");
        requireNonNull(paymentStatus, "paymentStatus");
        requireNonNull(attributes, "attributes");
    }

    /**
     * Returns a builder; key, number, vendor, net, tax, total, approval, paymentStatus must be set.
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
        return List.of(vendor);
    }

    /** Whether a bill may be posted. */
    public enum Approval {
        /** Not yet decided. */
        PENDING,
        /** May be posted. */
        APPROVED,
        /** Must not be posted. */
        REJECTED,
        /** Withdrawn after it was approved. */
        VOIDED
    }

    /** How much of a bill is paid. */
    public enum PaymentStatus {
        /** Nothing is paid. */
        OPEN,
        /** A payment is on its way. */
        SCHEDULED,
        /** Part of it is paid. */
        PARTIALLY_PAID,
        /** All of it is paid. */
        PAID,
        /** Cancelled. */
        VOID
    }

    /** Builds a Bill. Not for use by several threads. */
    public static final class Builder {

        private @Nullable RecordKey key;
        private @Nullable String number;
        private @Nullable String company;
        private @Nullable RecordKey vendor;
        private @Nullable LocalDate issuedOn;
        private @Nullable LocalDate dueOn;
        private List<LineItem> lines = List.of();
        private @Nullable Money net;
        private @Nullable Money tax;
        private @Nullable Money total;
        private @Nullable String purchaseOrderNumber;
        private @Nullable Approval approval;
        private @Nullable PaymentStatus paymentStatus;
        private @Nullable LocalDate paidOn;
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
         * Sets the vendor's invoice number.
         *
         * @param number the vendor's invoice number
         * @return this builder
         */
        public Builder number(String number) {
            this.number = requireNonNull(number, "number");
            return this;
        }

        /**
         * Sets the company (legal entity) that owes it.
         *
         * @param company the company (legal entity) that owes it; null if unknown
         * @return this builder
         */
        public Builder company(@Nullable String company) {
            this.company = company;
            return this;
        }

        /**
         * Sets whom we owe.
         *
         * @param vendor whom we owe
         * @return this builder
         */
        public Builder vendor(RecordKey vendor) {
            this.vendor = requireNonNull(vendor, "vendor");
            return this;
        }

        /**
         * Sets date of the bill.
         *
         * @param issuedOn date of the bill; null if unknown
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
         * Sets what we owe: net plus tax.
         *
         * @param total what we owe: net plus tax
         * @return this builder
         */
        public Builder total(Money total) {
            this.total = requireNonNull(total, "total");
            return this;
        }

        /**
         * Sets the purchase order it refers to.
         *
         * @param purchaseOrderNumber the purchase order it refers to; null if unknown
         * @return this builder
         */
        public Builder purchaseOrderNumber(@Nullable String purchaseOrderNumber) {
            this.purchaseOrderNumber = purchaseOrderNumber;
            return this;
        }

        /**
         * Sets whether it may be posted.
         *
         * @param approval whether it may be posted
         * @return this builder
         */
        public Builder approval(Approval approval) {
            this.approval = requireNonNull(approval, "approval");
            return this;
        }

        /**
         * Sets how much of it is paid.
         *
         * @param paymentStatus how much of it is paid
         * @return this builder
         */
        public Builder paymentStatus(PaymentStatus paymentStatus) {
            this.paymentStatus = requireNonNull(paymentStatus, "paymentStatus");
            return this;
        }

        /**
         * Sets date of the last payment.
         *
         * @param paidOn date of the last payment; null if unknown
         * @return this builder
         */
        public Builder paidOn(@Nullable LocalDate paidOn) {
            this.paidOn = paidOn;
            return this;
        }

        /**
         * Sets remark.
         *
         * @param memo remark; null if unknown
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
        public Bill build() {
            return new Bill(
                    requireNonNull(key, "key"),
                    requireNonNull(number, "number"),
                    company,
                    requireNonNull(vendor, "vendor"),
                    issuedOn,
                    dueOn,
                    lines,
                    requireNonNull(net, "net"),
                    requireNonNull(tax, "tax"),
                    requireNonNull(total, "total"),
                    purchaseOrderNumber,
                    requireNonNull(approval, "approval"),
                    requireNonNull(paymentStatus, "paymentStatus"),
                    paidOn,
                    memo,
                    attributes);
        }
    }
}
