package io.mlconnector.engine;

import io.mlconnector.model.Bill;
import io.mlconnector.model.CostCenter;
import io.mlconnector.model.CreditNote;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.GlAccount;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.model.Refund;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.model.Vendor;
import java.util.List;

/** The order in which flows run, so that a record finds what it refers to: customers before invoices before payments. */
final class ReferenceOrder {

    private static final List<Class<?>> ORDER = List.of(
            GlAccount.class,
            CostCenter.class,
            Customer.class,
            Vendor.class,
            PurchaseOrder.class,
            SalesOrder.class,
            Invoice.class,
            Bill.class,
            CreditNote.class,
            Payment.class,
            Refund.class,
            Dispute.class);

    private ReferenceOrder() {}

    static int rank(Class<?> type) {
        int place = ORDER.indexOf(type);
        return place < 0 ? ORDER.size() : place;
    }
}
