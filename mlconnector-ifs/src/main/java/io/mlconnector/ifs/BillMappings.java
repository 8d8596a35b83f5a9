package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.model.Bill.PaymentStatus;
import io.mlconnector.spi.Endpoint;
import java.time.LocalDate;
import java.util.Map;

/** How rows of supplier invoices are read; they have no lines yet. */
final class BillMappings {

    private static final Map<String, State> STATES = Map.ofEntries(
            Map.entry("Preliminary", new State(Approval.PENDING, PaymentStatus.OPEN)),
            Map.entry("PrelPosted", new State(Approval.PENDING, PaymentStatus.OPEN)),
            Map.entry("PrelPostedAuth", new State(Approval.APPROVED, PaymentStatus.OPEN)),
            Map.entry("Approved", new State(Approval.APPROVED, PaymentStatus.OPEN)),
            Map.entry("Posted", new State(Approval.APPROVED, PaymentStatus.OPEN)),
            Map.entry("PostedAuth", new State(Approval.APPROVED, PaymentStatus.OPEN)),
            Map.entry("PartlyPaidPosted", new State(Approval.APPROVED, PaymentStatus.PARTIALLY_PAID)),
            Map.entry("PaidPosted", new State(Approval.APPROVED, PaymentStatus.PAID)),
            Map.entry("Rejected", new State(Approval.REJECTED, PaymentStatus.OPEN)),
            Map.entry("Cancelled", new State(Approval.VOIDED, PaymentStatus.VOID)));

    private static final State UNTOLD = new State(Approval.PENDING, PaymentStatus.OPEN);

    private record State(Approval approval, PaymentStatus paymentStatus) {}

    private BillMappings() {}

    /**
     * The head of a supplier invoice.
     *
     * @param columns what the set calls its columns
     */
    static RecordMapping<Bill> head(EntitySet set, BillColumns columns, Endpoint bills, Endpoint vendors) {
        RecordMapping.Rules<Bill> rules = RecordMapping.named("ifs.supplier-invoices", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> company = rules.required("company", EntitySet.COMPANY, Conversions.id());
        Field<String> number = rules.required("number", columns.of("number"), Conversions.id());
        Field<String> vendor = rules.required("vendor", columns.of("supplier"), Conversions.id());
        Field<LocalDate> issued = rules.field("issuedOn", columns.of("issuedOn"), Conversions.date());
        Field<LocalDate> due = rules.field("dueOn", columns.of("dueOn"), Conversions.date());
        Field<String> currency = rules.required("currency", columns.of("currency"), Conversions.currency());
        var totals = new TotalRules(rules, columns.of("net"), columns.of("tax"), columns.of("total"));
        Field<String> order = rules.field("purchaseOrderNumber", columns.of("purchaseOrder"), Conversions.id());
        Field<State> state = rules.field("state", "Objstate", Conversions.oneOf("supplier invoice state", STATES));
        Field<String> memo = rules.field("memo", columns.of("memo"), Conversions.text());
        rules.field("attributes.series", columns.of("series"), Conversions.text());
        rules.field("attributes.invoiceId", "InvoiceId", Conversions.id());
        return rules.build(values -> {
            TotalRules.Totals sums = totals.of(values, currency.of(values));
            State where = state.or(values, UNTOLD);
            return Bill.builder()
                    .key(bills.key(key.id(values)))
                    .number(number.of(values))
                    .company(company.of(values))
                    .vendor(vendors.key(vendor.of(values)))
                    .issuedOn(issued.orNull(values))
                    .dueOn(due.orNull(values))
                    .net(sums.net())
                    .tax(sums.tax())
                    .total(sums.total())
                    .purchaseOrderNumber(order.orNull(values))
                    .approval(where.approval())
                    .paymentStatus(where.paymentStatus())
                    .memo(memo.orNull(values))
                    .attributes(values.attributes())
                    .build();
        });
    }
}
