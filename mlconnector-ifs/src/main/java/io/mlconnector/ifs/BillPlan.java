package io.mlconnector.ifs;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bill becomes, after everything it refers to was found.
 *
 * @param identity which invoice it is
 * @param lines coded lines, which add up to the totals
 * @param postedOn the day on which it is booked
 * @param year the accounting year of that day
 * @param period the accounting period of that day
 * @param bookCurrency the currency of the company's books; null if it does not say
 * @param rate book currency per currency of the bill; null if unknown
 */
record BillPlan(
        BillIdentity identity,
        List<Line> lines,
        LocalDate postedOn,
        String year,
        String period,
        @Nullable String bookCurrency,
        @Nullable BigDecimal rate) {

    /**
     * A coded line.
     *
     * @param number its place in the document, from 1
     * @param dimensions column to value
     */
    record Line(
            int number,
            String description,
            String account,
            @Nullable String costCenter,
            Map<String, String> dimensions,
            BigDecimal net,
            @Nullable String taxCode,
            BigDecimal tax,
            @Nullable String purchaseOrder) {

        Line withNet(BigDecimal other) {
            return new Line(number, description, account, costCenter, dimensions, other, taxCode, tax, purchaseOrder);
        }

        Line withTax(BigDecimal other) {
            return new Line(number, description, account, costCenter, dimensions, net, taxCode, other, purchaseOrder);
        }
    }

    Bill bill() {
        return identity.bill();
    }

    String currency() {
        return bill().total().currency();
    }

    boolean isCredit() {
        return bill().total().amount().signum() < 0;
    }

    int digits() {
        return Money.minorDigits(currency());
    }
}
