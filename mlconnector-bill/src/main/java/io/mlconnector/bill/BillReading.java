package io.mlconnector.bill;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** How bills are read, without their lines: where they stand, what of them is paid, and when. */
final class BillReading implements Reading<Bill> {

    private final String connection;
    private final VendorCurrencies currencies;
    private final PaymentDates dates;
    private final RecordMapping<Parts> mapping;
    private final Field<String> id;
    private final Field<String> number;
    private final Field<String> vendor;
    private final Field<LocalDate> issuedOn;
    private final Field<LocalDate> dueOn;
    private final Field<BigDecimal> total;
    private final Field<String> order;
    private final Field<Bill.PaymentStatus> status;
    private final Field<String> approval;
    private final Field<Boolean> archived;

    BillReading(String connection, VendorCurrencies currencies, PaymentDates dates, Settings overrides) {
        this.connection = connection;
        this.currencies = currencies;
        this.dates = dates;
        RecordMapping.Rules<Parts> rules = RecordMapping.named("bill.bills", overrides);
        id = rules.required("key", "id", Conversions.id());
        number = rules.required("number", "invoice/invoiceNumber", Conversions.id());
        vendor = rules.required("vendor", "vendorId", Conversions.id());
        issuedOn = rules.field("issuedOn", "invoice/invoiceDate", Conversions.date());
        dueOn = rules.field("dueOn", "dueDate", Conversions.date());
        total = rules.required("total", "amount", Conversions.decimal());
        order = rules.field("purchaseOrderNumber", "purchaseOrderNumber", Conversions.text());
        status = rules.required("paymentStatus", "paymentStatus", Conversions.oneOf("status", PaymentStatuses.OF_BILL));
        approval = rules.field("approval", "approvalStatus", Conversions.text());
        archived = rules.field("archived", "archived", Conversions.flag());
        rules.field("attributes.paid_amount", "paidAmount", Conversions.id());
        rules.field("attributes.due_amount", "dueAmount", Conversions.id());
        rules.field("attributes.scheduled_amount", "scheduledAmount", Conversions.id());
        rules.field("attributes.record_status", "recordStatus", Conversions.text());
        rules.alsoRead(UpdatedSet.UPDATED);
        mapping = rules.build(values -> new Parts(id.of(values), vendor.of(values), values));
    }

    /** What a row holds before currency and date are known. */
    private record Parts(String id, String vendor, Values values) {}

    RecordMapping<?> rules() {
        return mapping;
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public String resource() {
        return BillConnector.BILLS;
    }

    @Override
    public RowLayout layout() {
        return mapping.layout();
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    @Override
    public Function<Row, Bill> of(List<Row> rows) {
        var vendors = new LinkedHashSet<String>();
        for (Row row : rows) {
            String one = row.text("vendorId");
            if (one != null && FeedSource.isPlausible(one)) {
                vendors.add(one);
            }
        }
        currencies.load(vendors);
        PaymentDates.Found paid = dates.of(rows);
        return row -> bill(mapping.map(row), paid);
    }

    private Bill bill(Parts parts, PaymentDates.Found paid) {
        Values values = parts.values();
        String currency = currencies.of(parts.vendor());
        Money all = new Money(total.of(values), currency);
        boolean voided = archived.or(values, false);
        return Bill.builder()
                .key(new RecordKey(connection, resource(), parts.id()))
                .number(number.of(values))
                .vendor(new RecordKey(connection, BillConnector.VENDORS, parts.vendor()))
                .issuedOn(issuedOn.orNull(values))
                .dueOn(dueOn.orNull(values))
                .net(all)
                .tax(Money.zero(currency))
                .total(all)
                .purchaseOrderNumber(order.orNull(values))
                .approval(voided ? Bill.Approval.VOIDED : approval(approval.or(values, "")))
                .paymentStatus(voided ? Bill.PaymentStatus.VOID : status.of(values))
                .paidOn(voided ? null : paid.paidOn(parts.id(), status.of(values)))
                .attributes(values.attributes())
                .build();
    }

    private static Bill.Approval approval(String word) {
        return switch (word) {
            case "APPROVED" -> Bill.Approval.APPROVED;
            case "DENIED" -> Bill.Approval.REJECTED;
            default -> Bill.Approval.PENDING;
        };
    }
}
