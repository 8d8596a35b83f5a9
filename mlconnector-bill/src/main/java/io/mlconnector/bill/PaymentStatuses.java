package io.mlconnector.bill;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Payment;
import java.util.Map;
import java.util.TreeMap;

/** BILL's words for where a bill and a payment stand. */
final class PaymentStatuses {

    static final Map<String, Bill.PaymentStatus> OF_BILL = Map.of(
            "UNPAID", Bill.PaymentStatus.OPEN,
            "SCHEDULED", Bill.PaymentStatus.SCHEDULED,
            "PARTIAL", Bill.PaymentStatus.PARTIALLY_PAID,
            "PAID", Bill.PaymentStatus.PAID);

    static final Map<String, Payment.Status> OF_PAYMENT = ofPayment();

    private PaymentStatuses() {}

    private static Map<String, Payment.Status> ofPayment() {
        var statuses = new TreeMap<String, Payment.Status>();
        statuses.put("SCHEDULED", Payment.Status.PENDING);
        statuses.put("READY_TO_FUND", Payment.Status.PENDING);
        statuses.put("PARTIALLY_CLAIMED", Payment.Status.PENDING);
        statuses.put("CANCELLATION_IN_PROGRESS", Payment.Status.PENDING);
        statuses.put("PAID", Payment.Status.PENDING); // on its way to the vendor, not yet cleared
        statuses.put("CLEARED", Payment.Status.SUCCEEDED);
        statuses.put("CANCELED", Payment.Status.CANCELED);
        statuses.put("CANCELLED", Payment.Status.CANCELED);
        statuses.put("VOIDED", Payment.Status.CANCELED);
        statuses.put("FUNDING_FAILED_VOIDED", Payment.Status.FAILED);
        statuses.put("FUNDING_FAILED_ACTION_NEEDED", Payment.Status.FAILED);
        statuses.put("DISBURSEMENT_FAILED_ACTION_NEEDED", Payment.Status.FAILED);
        statuses.put("DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED", Payment.Status.FAILED);
        statuses.put("FUNDS_ESCHEATED", Payment.Status.FAILED);
        return Map.copyOf(statuses);
    }
}
