package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice, a bill or an order.
 *
 * @param id the line's id within its document, stable over changes
 * @param description what it is for
 * @param quantity how many; null where the line is an amount only
 * @param unit unit of measure; null if unknown
 * @param unitPrice price of one unit before discount, without tax; null where the line is an amount only
 * @param net amount of the line without tax, after discount
 * @param tax tax of the line; null if the document carries none
 * @param product product number or SKU; null if unknown
 * @param orderNumber the order that the line comes from; null if unknown
 * @param coding where the line is booked; null if unknown
 */
public record LineItem(
        String id,
        String description,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable BigDecimal unitPrice,
        Money net,
        @Nullable LineTax tax,
        @Nullable String product,
        @Nullable String orderNumber,
        @Nullable GlCoding coding) {

    /** Refuses nulls where a value is needed. */
    public LineItem {
        requireNonNull(id, "id");
        requireNonNull(description, "description");
        requireNonNull(net, "net");
    }

    /**
     * Returns a line that is an amount only.
     *
     * @param id the line's id within its document
     * @param description what it is for
     * @param net amount without tax
     * @param tax tax of the line; null if there is none
     * @return the line
     */
    public static LineItem ofAmount(String id, String description, Money net, @Nullable LineTax tax) {
        return new LineItem(id, description, null, null, null, net, tax, null, null, null);
    }
}
