package io.mlconnector.ifs;

import io.mlconnector.model.GlCoding;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order or an invoice as IFS has it.
 *
 * @param id the line's id within its document
 * @param description what it is for
 * @param quantity how many; null where the line is an amount only
 * @param unit unit of measure; null if unknown
 * @param unitPrice price of one unit without tax and before discount; null where the line is an amount only
 * @param discount in percent
 * @param taxCode the tax code; null if there is none
 * @param product product number; null if unknown
 * @param orderNumber the order that the line comes from; null if unknown
 * @param net the amount without tax; null where it follows from quantity, price and discount
 * @param tax the tax; null where it follows from the tax code
 * @param coding where the line is booked; null if the set does not say
 * @param counted whether the line belongs to the document: no part of another line, and not cancelled
 */
record DocumentLine(
        String id,
        String description,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable BigDecimal unitPrice,
        BigDecimal discount,
        @Nullable String taxCode,
        @Nullable String product,
        @Nullable String orderNumber,
        @Nullable BigDecimal net,
        @Nullable BigDecimal tax,
        @Nullable GlCoding coding,
        boolean counted) {}
