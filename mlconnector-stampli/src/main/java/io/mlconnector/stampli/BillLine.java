package io.mlconnector.stampli;

import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of an invoice as its row says, before the currency and the sign are known. */
record BillLine(
        int number,
        Type type,
        @Nullable String description,
        @Nullable String account,
        @Nullable String costCenter,
        Map<String, String> dimensions,
        @Nullable String item,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable BigDecimal unitPrice,
        BigDecimal net,
        @Nullable String taxCode,
        @Nullable BigDecimal tax,
        @Nullable String order,
        @Nullable String orderLine,
        @Nullable String receipt) {

    /** What a line stands for. */
    enum Type {
        /** An amount on an account. */
        GL,
        /** Goods, with quantity and price. */
        ITEM,
        /** Tax that is no tax of another line. */
        TAX,
        /** Carriage. */
        FREIGHT
    }

    LineItem item(String currency, boolean negative, @Nullable String orderOfDocument) {
        LineTax lineTax = tax == null && taxCode == null
                ? null
                : new LineTax(taxCode, null, money(tax == null ? BigDecimal.ZERO : tax, currency, negative));
        return new LineItem(
                Integer.toString(number),
                description == null ? "line " + number : description,
                quantity == null ? null : plain(quantity),
                unit,
                unitPrice == null ? null : plain(negative ? unitPrice.negate() : unitPrice),
                money(net, currency, negative),
                lineTax,
                item,
                order == null ? orderOfDocument : order,
                account == null && costCenter == null && dimensions.isEmpty()
                        ? null
                        : new GlCoding(account, costCenter, dimensions));
    }

    /** Whether the canonical form has a place for all that the row says. */
    boolean saysNoMore() {
        return type == Type.GL && orderLine == null && receipt == null;
    }

    /** Adds what the canonical form has no place for. */
    void addTo(Map<String, String> attributes) {
        String prefix = "line." + number + ".";
        if (type != Type.GL) {
            attributes.put(prefix + "type", type.name());
        }
        if (orderLine != null) {
            attributes.put(prefix + "poLine", orderLine);
        }
        if (receipt != null) {
            attributes.put(prefix + "receipt", receipt);
        }
    }

    static Money money(BigDecimal amount, String currency, boolean negative) {
        return new Money(negative ? amount.negate() : amount, currency);
    }

    /** The same number has the same form, however many zeros the file writes. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
