package io.mlconnector.stampli;

import io.mlconnector.model.Bill.Approval;
import io.mlconnector.model.Bill.PaymentStatus;

/** Where an invoice stands in Stampli. */
enum BillStatus {
    /** It may be posted. */
    APPROVED(Approval.APPROVED, PaymentStatus.OPEN),
    /** It was approved, and paid outside of the ERP. */
    PAID(Approval.APPROVED, PaymentStatus.PAID),
    /** It was withdrawn. */
    VOIDED(Approval.VOIDED, PaymentStatus.VOID),
    /** It must not be posted. */
    REJECTED(Approval.REJECTED, PaymentStatus.OPEN);

    private final Approval approval;
    private final PaymentStatus payment;

    BillStatus(Approval approval, PaymentStatus payment) {
        this.approval = approval;
        this.payment = payment;
    }

    Approval approval() {
        return approval;
    }

    PaymentStatus payment() {
        return payment;
    }
}
