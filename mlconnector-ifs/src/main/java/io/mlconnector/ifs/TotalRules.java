package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;

/** The rules of the three totals of an invoice, which must fit together. */
final class TotalRules {

    private final Field<BigDecimal> net;
    private final Field<BigDecimal> tax;
    private final Field<BigDecimal> total;

    TotalRules(RecordMapping.Rules<?> rules) {
        this(rules, "NetCurrAmount", "VatCurrAmount", "GrossCurrAmount");
    }

    TotalRules(RecordMapping.Rules<?> rules, String netColumn, String taxColumn, String totalColumn) {
        net = rules.required("net", netColumn, Conversions.decimal());
        tax = rules.required("tax", taxColumn, Conversions.decimal());
        total = rules.required("total", totalColumn, Conversions.decimal());
    }

    /** The totals of one document. */
    record Totals(Money net, Money tax, Money total) {}

    Invoice.Builder invoice(Values values, String currency) {
        Totals totals = of(values, currency);
        return Invoice.builder().net(totals.net()).tax(totals.tax()).total(totals.total());
    }

    Totals of(Values values, String currency) {
        Money netMoney = money(net, values, currency);
        Money taxMoney = money(tax, values, currency);
        Money totalMoney = money(total, values, currency);
        if (!netMoney.plus(taxMoney).equals(totalMoney)) {
            throw new MappingException("total must be net plus tax: " + netMoney + " and " + taxMoney + " make "
                    + netMoney.plus(taxMoney) + ", total is " + totalMoney);
        }
        return new Totals(netMoney, taxMoney, totalMoney);
    }

    static Money money(Field<BigDecimal> field, Values values, String currency) {
        Money money = new Money(field.of(values), currency);
        if (!money.isWholeMinorUnits()) {
            throw new MappingException(field.name() + " must have at most " + Money.minorDigits(currency)
                    + " decimals in " + currency + ": " + money.amount().toPlainString());
        }
        return money;
    }
}
