package io.mlconnector.ifs;

import io.mlconnector.ifs.BillPlan.Line;
import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a planned bill into the rows of its voucher: what it is for and its tax on one side, what is owed on the other. */
final class VoucherRows {

    private VoucherRows() {}

    /**
     * A row of a voucher.
     *
     * @param number its place, from 1
     * @param amount debit if positive, credit if negative, in the currency of the bill
     * @param booked the same in the currency of the books; null if that is for the system to work out
     */
    record VoucherRow(
            int number,
            String account,
            @Nullable String costCenter,
            Map<String, String> dimensions,
            BigDecimal amount,
            @Nullable BigDecimal booked,
            @Nullable String taxCode,
            String text) {

        VoucherRow withBooked(BigDecimal other) {
            return new VoucherRow(number, account, costCenter, dimensions, amount, other, taxCode, text);
        }
    }

    /** The rows, whose amounts add up to nothing in either currency. */
    static List<VoucherRow> of(BillPlan plan, String payableAccount, @Nullable String taxAccount) {
        var rows = new ArrayList<VoucherRow>();
        for (Line line : plan.lines()) {
            if (line.net().signum() != 0) {
                rows.add(row(
                        rows,
                        plan,
                        line.account(),
                        line.costCenter(),
                        line.dimensions(),
                        line.net(),
                        line.taxCode(),
                        line.description()));
            }
        }
        var taxes = new LinkedHashMap<String, BigDecimal>();
        plan.lines().stream()
                .filter(line -> line.tax().signum() != 0)
                .forEach(line -> taxes.merge(String.valueOf(line.taxCode()), line.tax(), BigDecimal::add));
        taxes.forEach((code, tax) -> {
            if (taxAccount != null && tax.signum() != 0) {
                rows.add(row(rows, plan, taxAccount, null, Map.of(), tax, code, "Tax " + code));
            }
        });
        String number = plan.bill().number();
        BigDecimal owed = plan.bill().total().amount().negate();
        if (owed.signum() != 0) {
            rows.add(row(rows, plan, payableAccount, null, Map.of(), owed, null, "Supplier invoice " + number));
        }
        return balancedInBooks(rows);
    }

    private static VoucherRow row(
            List<VoucherRow> before,
            BillPlan plan,
            String account,
            @Nullable String costCenter,
            Map<String, String> dimensions,
            BigDecimal amount,
            @Nullable String taxCode,
            String text) {
        return new VoucherRow(
                before.size() + 1, account, costCenter, dimensions, amount, booked(plan, amount), taxCode, text);
    }

    private static @Nullable BigDecimal booked(BillPlan plan, BigDecimal amount) {
        String books = plan.bookCurrency();
        if (books == null) {
            return null;
        }
        if (books.equals(plan.currency())) {
            return amount;
        }
        BigDecimal rate = plan.rate();
        return rate == null ? null : amount.multiply(rate).setScale(Money.minorDigits(books), RoundingMode.HALF_UP);
    }

    /** What rounding left over goes to the largest row that is not what is owed. */
    private static List<VoucherRow> balancedInBooks(List<VoucherRow> rows) {
        BigDecimal rest = BigDecimal.ZERO;
        int largest = -1;
        for (int at = 0; at < rows.size(); at++) {
            BigDecimal booked = rows.get(at).booked();
            if (booked == null) {
                return rows;
            }
            rest = rest.add(booked);
            boolean larger = largest < 0
                    || rows.get(at)
                                    .amount()
                                    .abs()
                                    .compareTo(rows.get(largest).amount().abs())
                            > 0;
            if (at < rows.size() - 1 && larger) {
                largest = at;
            }
        }
        if (largest >= 0 && rest.signum() != 0) {
            VoucherRow row = rows.get(largest);
            BigDecimal booked = row.booked();
            rows.set(largest, row.withBooked(booked == null ? rest.negate() : booked.subtract(rest)));
        }
        return rows;
    }
}
