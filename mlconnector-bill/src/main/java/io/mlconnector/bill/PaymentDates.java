package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Payment;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dates on which bills were paid. A bill has none; they stand on its payments. */
final class PaymentDates {

    private static final Set<String> WITHOUT_PAYMENT = Set.of("UNPAID", "SCHEDULED");

    private final BillApi api;
    private final BillSettings.PaymentFilter filter;

    PaymentDates(BillApi api, BillSettings.PaymentFilter filter) {
        this.api = api;
        this.filter = filter;
    }

    /** The latest date per bill, over the payments that were neither called off nor failed. */
    record Found(Map<String, LocalDate> byBill) {
        @Nullable LocalDate paidOn(String bill, Bill.PaymentStatus status) {
            boolean paid = status == Bill.PaymentStatus.PAID || status == Bill.PaymentStatus.PARTIALLY_PAID;
            return paid ? byBill.get(bill) : null;
        }
    }

    Found of(List<Row> bills) {
        var ids = new LinkedHashSet<String>();
        for (Row bill : bills) {
            String status = bill.text("paymentStatus");
            String id = bill.text(filter == BillSettings.PaymentFilter.BILL_ID ? "id" : "vendorId");
            if (status != null && !WITHOUT_PAYMENT.contains(status) && id != null && FeedSource.isPlausible(id)) {
                ids.add(id);
            }
        }
        var dates = new HashMap<String, LocalDate>();
        String field = filter == BillSettings.PaymentFilter.BILL_ID ? "billId" : "vendorId";
        for (List<String> some : FollowingFeed.parts(ids)) {
            api.each(BillConnector.PAYMENTS, ListQuery.all().in(field, some), payment -> add(payment, dates));
        }
        return new Found(dates);
    }

    private static void add(JsonNode payment, Map<String, LocalDate> dates) {
        Payment.Status status =
                PaymentStatuses.OF_PAYMENT.get(payment.path("singleStatus").asText());
        LocalDate date = date(payment.path("processDate").asText(""));
        if (date == null || status == Payment.Status.FAILED || status == Payment.Status.CANCELED) {
            return;
        }
        for (String bill : bills(payment)) {
            dates.merge(bill, date, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    private static Set<String> bills(JsonNode payment) {
        var bills = new LinkedHashSet<String>();
        if (payment.path("billId").isTextual()) {
            bills.add(payment.path("billId").asText());
        }
        payment.path("billPayments")
                .forEach(part -> bills.add(part.path("billId").asText()));
        return bills;
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
        } catch (DateTimeException e) {
            return null; // the source of payments says which one it is
        }
    }
}
