package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Invoice.Status;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Endpoint;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How rows of invoices are read. The invoices of vouchers and of customer order invoices have no lines yet. */
final class InvoiceMappings {

    static final String ORDER_COLUMN = "OrderNo";

    private static final Map<String, Status> VOUCHER_STATES = Map.of(
            "AwaitingApproval", Status.DRAFT,
            "Error", Status.DRAFT,
            "Approved", Status.OPEN,
            "Confirmed", Status.OPEN,
            "Cancelled", Status.VOID);

    private static final Map<String, Status> INVOICE_STATES = Map.of(
            "Preliminary", Status.DRAFT,
            "Printed", Status.OPEN,
            "Posted", Status.OPEN,
            "PostedAuth", Status.OPEN,
            "PartlyPaidPosted", Status.OPEN,
            "PaidPosted", Status.PAID,
            "Cancelled", Status.VOID);

    private static final Map<String, Status> PROPOSAL_STATES = Map.of(
            "Preliminary", Status.DRAFT,
            "Approved", Status.OPEN,
            "Posted", Status.OPEN,
            "Cancelled", Status.VOID);

    private InvoiceMappings() {}

    /** A voucher with what it says of the invoice; the lines are those of its order. */
    static RecordMapping<Invoice> voucher(EntitySet set, Endpoint invoices, Endpoint customers) {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("ifs.invoices", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> company = rules.required("company", "Company", Conversions.id());
        var number = new NumberRules(rules);
        Field<String> customer = rules.required("customer", "CustomerId", Conversions.id());
        Field<LocalDate> issued = rules.field("issuedOn", "VoucherDate", Conversions.date());
        Field<LocalDate> due = rules.field("dueOn", "DueDate", Conversions.date());
        Field<String> currency = rules.required("currency", "CurrencyCode", Conversions.currency());
        var totals = new TotalRules(rules);
        Field<String> order = rules.field("orderNumbers", ORDER_COLUMN, Conversions.id());
        Field<Status> status = rules.field("status", "Objstate", Conversions.oneOf("voucher state", VOUCHER_STATES));
        Field<String> memo = rules.field("memo", "VoucherText", Conversions.text());
        rules.field("attributes.invoiceId", "InvoiceId", Conversions.id());
        return rules.build(values -> totals.invoice(values, currency.of(values))
                .key(invoices.key(key.id(values)))
                .number(number.number(values))
                .company(company.of(values))
                .customer(customers.key(customer.of(values)))
                .issuedOn(issued.orNull(values))
                .dueOn(due.orNull(values))
                .orderNumbers(single(order.orNull(values)))
                .status(status.or(values, Status.OPEN))
                .memo(memo.orNull(values))
                .attributes(values.attributes())
                .build());
    }

    /** The head of a customer order invoice. */
    static RecordMapping<Invoice> head(EntitySet set, Endpoint invoices, Endpoint customers) {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("ifs.invoices", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> company = rules.required("company", "Company", Conversions.id());
        var number = new NumberRules(rules);
        Field<String> customer = rules.required("customer", "Identity", Conversions.id());
        Field<LocalDate> issued = rules.field("issuedOn", "InvoiceDate", Conversions.date());
        Field<LocalDate> due = rules.field("dueOn", "DueDate", Conversions.date());
        Field<String> currency = rules.required("currency", "Currency", Conversions.currency());
        var totals = new TotalRules(rules);
        Field<Status> status = rules.field("status", "Objstate", Conversions.oneOf("invoice state", INVOICE_STATES));
        rules.field("attributes.paymentTerms", "PayTermId", Conversions.id());
        return rules.build(values -> totals.invoice(values, currency.of(values))
                .key(invoices.key(key.id(values)))
                .number(number.number(values))
                .company(company.of(values))
                .customer(customers.key(customer.of(values)))
                .issuedOn(issued.orNull(values))
                .dueOn(due.orNull(values))
                .status(status.or(values, Status.OPEN))
                .attributes(values.attributes())
                .build());
    }

    /** A posting proposal: a gross amount on one account, so one line without tax. */
    static RecordMapping<Invoice> proposal(EntitySet set, Endpoint invoices, Endpoint customers) {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("ifs.posting-proposals", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> company = rules.required("company", "Company", Conversions.id());
        var number = new NumberRules(rules);
        Field<String> customer = rules.required("customer", "Identity", Conversions.id());
        Field<LocalDate> issued = rules.field("issuedOn", "InvoiceDate", Conversions.date());
        Field<LocalDate> due = rules.field("dueOn", "DueDate", Conversions.date());
        Field<String> currency = rules.required("currency", "Currency", Conversions.currency());
        Field<BigDecimal> gross = rules.required("total", "GrossAmount", Conversions.decimal());
        Field<String> account = rules.field("lines.coding.account", "Account", Conversions.id());
        Field<String> costCenter = rules.field("lines.coding.costCenter", "CodeB", Conversions.id());
        Field<Status> status = rules.field("status", "Objstate", Conversions.oneOf("proposal state", PROPOSAL_STATES));
        Field<String> memo = rules.field("memo", "NoteText", Conversions.text());
        rules.field("attributes.purchaseOrder", "PoRefNumber", Conversions.text());
        return rules.build(values -> {
            Money total = TotalRules.money(gross, values, currency.of(values));
            String text = memo.orNull(values);
            var coding = new GlCoding(account.orNull(values), costCenter.orNull(values), Map.of());
            var line = new LineItem(
                    "1",
                    text == null ? "Invoice " + number.number(values) : text,
                    null,
                    null,
                    null,
                    total,
                    null,
                    null,
                    null,
                    coding);
            return Invoice.builder()
                    .key(invoices.key(key.id(values)))
                    .number(number.number(values))
                    .company(company.of(values))
                    .customer(customers.key(customer.of(values)))
                    .issuedOn(issued.orNull(values))
                    .dueOn(due.orNull(values))
                    .lines(List.of(line))
                    .net(total)
                    .tax(Money.zero(total.currency()))
                    .total(total)
                    .status(status.or(values, Status.OPEN))
                    .memo(text)
                    .attributes(values.attributes())
                    .build();
        });
    }

    private static List<String> single(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** The printed number is series and number; it is unique within a company only. */
    private static final class NumberRules {

        private final Field<String> series;
        private final Field<String> number;

        NumberRules(RecordMapping.Rules<?> rules) {
            series = rules.field("number.series", "SeriesId", Conversions.text());
            number = rules.required("number", "InvoiceNo", Conversions.id());
            rules.field("attributes.company", "Company", Conversions.id());
            rules.field("attributes.series", "SeriesId", Conversions.text());
            rules.field("attributes.invoiceNo", "InvoiceNo", Conversions.id());
        }

        String number(Values values) {
            String prefix = series.orNull(values);
            return prefix == null ? number.of(values) : prefix + " " + number.of(values);
        }
    }
}
