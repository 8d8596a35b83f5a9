package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How rows of an invoice, of its lines and of its voucher are read. */
final class InvoiceMapping {

    private static final String PAID = "9";

    private InvoiceMapping() {}

    /** The head; its lines are added later. */
    static RecordMapping<Invoice> head(Settings overrides, Endpoint invoices, Endpoint customers, String division) {
        RecordMapping.Rules<Invoice> rules = RecordMapping.named("cloudsuite.invoices", overrides);
        Field<String> customer = rules.required("customer", "CUNO", MiValues.key());
        Field<String> payer = rules.field("attributes.payer", "PYNO", MiValues.key());
        Field<String> number = rules.required("number", "CINO", MiValues.key());
        Field<String> year = rules.required("attributes.invoiceYear", "INYR", MiValues.key());
        Field<String> company = rules.field("company", "DIVI", MiValues.key());
        Field<LocalDate> issued = rules.field("issuedOn", "IVDT", MiValues.date());
        Field<LocalDate> due = rules.field("dueOn", "DUDT", MiValues.date());
        Field<String> currency = rules.required("currency", "CUCD", MiValues.currency());
        Field<BigDecimal> total = rules.required("total", "CUAM", MiValues.decimal());
        Field<BigDecimal> tax = rules.field("tax", "VTAM", MiValues.decimal());
        Field<String> state = rules.field("status", "RECO", MiValues.key());
        rules.field("attributes.voucher", "VONO", MiValues.key());
        rules.field("attributes.paymentTerms", "TEPY", MiValues.key());
        rules.field("attributes.paymentMethod", "PYCD", MiValues.key());
        rules.alsoRead("LMTS").alsoRead("YEA4");
        return rules.build(values -> {
            String code = currency.of(values);
            String division2 = company.or(values, division);
            var id = new InvoiceId(
                    division2,
                    payer.or(values, customer.of(values)),
                    customer.of(values),
                    number.of(values),
                    year.of(values),
                    false);
            Money all = new Money(total.of(values), code);
            Money taxes = new Money(tax.or(values, BigDecimal.ZERO), code);
            return Invoice.builder()
                    .key(invoices.key(id.text()))
                    .number(number.of(values))
                    .company(division2.isEmpty() ? null : division2)
                    .customer(customers.key(customer.of(values)))
                    .issuedOn(MiValues.given(issued.orNull(values)))
                    .dueOn(MiValues.given(due.orNull(values)))
                    .net(all.minus(taxes))
                    .tax(taxes)
                    .total(all)
                    .status(PAID.equals(state.orNull(values)) ? Invoice.Status.PAID : Invoice.Status.OPEN)
                    .attributes(values.attributes())
                    .build();
        });
    }

    /**
     * A row of OIS350MI: an order line, a charge, or tax that stands by itself.
     *
     * @param text what it is about
     * @param net in the invoice's currency, without tax
     * @param tax in the invoice's currency; null if the row tells none
     */
    record Line(
            String id,
            String text,
            BigDecimal net,
            @Nullable BigDecimal tax,
            @Nullable BigDecimal percentage,
            @Nullable String taxCode,
            @Nullable String order) {

        LineItem item(String currency, @Nullable GlCoding coding) {
            Money amount = new Money(net, currency);
            LineTax lineTax = tax == null ? null : new LineTax(taxCode, percentage, new Money(tax, currency));
            return new LineItem(id, text, null, null, null, amount, lineTax, null, order, coding);
        }
    }

    static RecordMapping<Line> line(Settings overrides) {
        RecordMapping.Rules<Line> rules = RecordMapping.named("cloudsuite.invoice-lines", overrides);
        Field<String> reference = rules.required("lines.id", "IVRF", MiValues.key());
        Field<String> order = rules.field("lines.orderNumber", "ORNO", MiValues.key());
        Field<String> text = rules.field("lines.description", "TX40", Conversions.text());
        Field<BigDecimal> amount = rules.required("lines.net", "AMT2", MiValues.decimal());
        Field<BigDecimal> tax = rules.field("lines.tax.amount", "VTAM", MiValues.decimal());
        Field<BigDecimal> percentage = rules.field("lines.tax.percentage", "VTP1", MiValues.decimal());
        Field<String> code = rules.field("lines.tax.code", "VTCD", MiValues.key());
        return rules.build(values -> {
            String orderNumber = order.orNull(values);
            String otherwise =
                    (orderNumber == null ? "" : "Order " + orderNumber + ", ") + "line " + reference.of(values);
            return new Line(
                    reference.of(values),
                    text.or(values, otherwise),
                    amount.of(values),
                    tax.orNull(values),
                    percentage.orNull(values),
                    code.orNull(values),
                    orderNumber);
        });
    }

    /**
     * A row of the invoice's voucher.
     *
     * @param coding the account string
     * @param amount in the invoice's currency, negative where it is credited
     */
    record VoucherLine(GlCoding coding, BigDecimal amount) {}

    static RecordMapping<VoucherLine> voucherLine(Settings overrides) {
        RecordMapping.Rules<VoucherLine> rules = RecordMapping.named("cloudsuite.voucher-lines", overrides);
        Field<String> account = rules.required("lines.coding.account", "AIT1", MiValues.key());
        Field<String> center = rules.field("lines.coding.costCenter", "AIT2", MiValues.key());
        var others = new LinkedHashMap<String, Field<String>>();
        for (int dimension = 3; dimension <= 7; dimension++) {
            String name = "AIT" + dimension;
            others.put(name, rules.field("lines.coding.dimensions." + name, name, MiValues.key()));
        }
        Field<BigDecimal> amount = rules.required("amount", "CUAM", MiValues.decimal());
        return rules.build(values -> {
            Map<String, String> dimensions = new LinkedHashMap<>();
            others.forEach((name, field) -> {
                String value = field.orNull(values);
                if (value != null) {
                    dimensions.put(name, value);
                }
            });
            return new VoucherLine(
                    new GlCoding(account.of(values), center.orNull(values), dimensions), amount.of(values));
        });
    }

    /** The tax in percent where a row tells none. */
    static BigDecimal percentage(BigDecimal net, BigDecimal tax) {
        return tax.multiply(BigDecimal.valueOf(100)).divide(net, 2, RoundingMode.HALF_UP);
    }
}
