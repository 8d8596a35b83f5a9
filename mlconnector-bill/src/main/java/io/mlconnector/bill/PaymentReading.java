package io.mlconnector.bill;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How payments to vendors are read. One payment may pay several bills. */
final class PaymentReading implements Reading<Payment> {

    private final String connection;
    private final VendorCurrencies currencies;
    private final RecordMapping<Payment> mapping;
    private final Field<String> id;
    private final Field<String> reference;
    private final Field<String> vendor;
    private final Field<String> bill;
    private final Field<List<Part>> parts;
    private final Field<BigDecimal> amount;
    private final Field<LocalDate> processed;
    private final Field<Payment.Status> status;

    PaymentReading(String connection, VendorCurrencies currencies, Settings overrides) {
        this.connection = connection;
        this.currencies = currencies;
        RecordMapping.Rules<Part> part = RecordMapping.named("bill.payments.parts", Settings.of("", Map.of()));
        Field<String> partBill = part.required("document", "billId", Conversions.id());
        Field<BigDecimal> partAmount = part.required("amount", "amount", Conversions.decimal());
        RecordMapping<Part> partMapping = part.build(values -> new Part(partBill.of(values), partAmount.of(values)));
        RecordMapping.Rules<Payment> rules = RecordMapping.named("bill.payments", overrides);
        id = rules.required("key", "id", Conversions.id());
        reference = rules.field("reference", "confirmationNumber", Conversions.text());
        vendor = rules.required("payer", "vendorId", Conversions.id());
        bill = rules.field("allocations.single", "billId", Conversions.id());
        parts = rules.list("allocations", "billPayments", partMapping);
        amount = rules.required("amount", "amount", Conversions.decimal());
        processed = rules.required("paidAt", "processDate", Conversions.date());
        status = rules.required("status", "singleStatus", Conversions.oneOf("status", PaymentStatuses.OF_PAYMENT));
        rules.field("attributes.bill_status", "singleStatus", Conversions.text());
        rules.field("attributes.transaction_number", "transactionNumber", Conversions.text());
        rules.field("attributes.online_payment", "onlinePayment", Conversions.flag());
        rules.field("attributes.description", "description", Conversions.text());
        rules.alsoRead(UpdatedSet.UPDATED);
        mapping = rules.build(this::payment);
    }

    private record Part(String bill, BigDecimal amount) {}

    RecordMapping<Payment> rules() {
        return mapping;
    }

    @Override
    public Class<Payment> type() {
        return Payment.class;
    }

    @Override
    public String resource() {
        return BillConnector.PAYMENTS;
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
    public Function<Row, Payment> of(List<Row> rows) {
        var vendors = new LinkedHashSet<String>();
        for (Row row : rows) {
            String one = row.text("vendorId");
            if (one != null && FeedSource.isPlausible(one)) {
                vendors.add(one);
            }
        }
        currencies.load(vendors);
        return mapping::map;
    }

    /** Returns the bills that a payment pays. */
    Set<String> bills(Row row) {
        var bills = new LinkedHashSet<String>();
        String single = row.text("billId");
        if (single != null) {
            bills.add(single);
        }
        row.rows(row.layout().slot("billPayments")).forEach(part -> {
            String one = part.text("billId");
            if (one != null) {
                bills.add(one);
            }
        });
        bills.removeIf(one -> !FeedSource.isPlausible(one));
        return bills;
    }

    private Payment payment(Values values) {
        String currency = currencies.of(vendor.of(values));
        Money all = new Money(amount.of(values), currency);
        List<Allocation> allocations = parts.or(values, List.of()).stream()
                .map(part -> allocation(part.bill(), new Money(part.amount(), currency)))
                .toList();
        String single = bill.orNull(values);
        if (allocations.isEmpty() && single != null) {
            allocations = List.of(allocation(single, all));
        }
        return Payment.builder()
                .key(new RecordKey(connection, resource(), id.of(values)))
                .reference(reference.or(values, id.of(values)))
                .payer(new RecordKey(connection, BillConnector.VENDORS, vendor.of(values)))
                .allocations(allocations)
                .amount(all)
                .paidAt(processed.of(values).atStartOfDay(ZoneOffset.UTC).toInstant())
                .status(status.of(values))
                .attributes(values.attributes())
                .build();
    }

    private Allocation allocation(String document, Money part) {
        return new Allocation(new RecordKey(connection, BillConnector.BILLS, document), null, part);
    }
}
