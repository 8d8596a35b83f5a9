package io.mlconnector.syspro;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Invoice.Status;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Endpoint;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of invoices are read, without their lines. */
final class InvoiceMapping {

    static final String DOCUMENT_TYPE = "I";

    /** Invoices with a balance. */
    static final String OPEN = "InvoiceBal1 ne 0";

    /** Credit and debit notes have the same numbers as invoices; what begins with an underscore is cash without an invoice. */
    static final List<String> COLLECTABLE =
            List.of("DocumentType eq '" + DOCUMENT_TYPE + "'", "not startswith(Invoice,'_')");

    private InvoiceMapping() {}

    /** Which invoices are polled: what was paid before the integration began is not collected once more. */
    static String wanted(@Nullable LocalDate since) {
        return since == null ? OPEN : "(" + OPEN + " or InvoiceDate ge " + since + "T00:00:00Z)";
    }

    static RecordMapping<Invoice> of(
            Table table,
            Endpoint endpoint,
            Endpoint customers,
            Conversion<String> currencies,
            SysproSettings settings) {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("syspro.invoices", table.mapping());
        Field<String> customer = rules.required("customer", "Customer", Conversions.id());
        Field<String> number = rules.required("number", "Invoice", Conversions.id());
        Field<String> type = rules.required("key.documentType", "DocumentType", Conversions.id());
        Field<LocalDate> issuedOn = rules.required("issuedOn", "InvoiceDate", Conversions.date());
        Field<String> terms = rules.field("dueOn.terms", "TermsCode", Conversions.text());
        Field<BigDecimal> total = rules.required("total", "CurrencyValue", Conversions.decimal());
        Field<BigDecimal> tax = rules.field("tax", "TaxPortion", Conversions.decimal());
        Field<String> currency = rules.required("total.currency", "PostCurrency", currencies);
        Field<BigDecimal> balance = rules.required("status", "InvoiceBal1", Conversions.decimal());
        Field<String> order = rules.field("orderNumbers", "SalesOrder", Conversions.text());
        Field<String> purchaseOrder = rules.field("attributes.purchaseOrder", "CustomerPoNumber", Conversions.text());
        return rules.build(values -> {
            Money owed = new Money(total.of(values), currency.of(values));
            Money taxed = new Money(tax.or(values, BigDecimal.ZERO), currency.of(values));
            if (owed.amount().signum() <= 0) {
                throw new IllegalArgumentException("total must be more than zero for an invoice: "
                        + owed.amount().toPlainString());
            }
            String orderNumber = order.orNull(values);
            return Invoice.builder()
                    .key(endpoint.key(RecordIds.join(List.of(
                            customer.of(values).stripTrailing(),
                            number.of(values).stripTrailing(),
                            type.of(values).strip()))))
                    .number(RecordIds.shown(number.of(values).strip()))
                    .company(settings.company())
                    .customer(customers.key(
                            RecordIds.join(List.of(customer.of(values).stripTrailing()))))
                    .issuedOn(issuedOn.of(values))
                    .dueOn(dueOn(issuedOn.of(values), terms.orNull(values), settings))
                    .net(owed.minus(taxed))
                    .tax(taxed)
                    .total(owed)
                    .orderNumbers(orderNumber == null ? List.of() : List.of(RecordIds.shown(orderNumber)))
                    .status(balance.of(values).signum() == 0 ? Status.PAID : Status.OPEN)
                    .attributes(values.attributes())
                    .build();
        });
    }

    private static @Nullable LocalDate dueOn(LocalDate issuedOn, @Nullable String terms, SysproSettings settings) {
        Integer days = terms == null ? null : settings.terms().get(terms);
        return days == null ? null : issuedOn.plusDays(days);
    }
}
