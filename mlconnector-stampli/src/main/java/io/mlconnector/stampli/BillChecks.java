package io.mlconnector.stampli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between the fields of an approved invoice. */
final class BillChecks {

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal MOST_ROUNDING = new BigDecimal("0.05");
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MOST_DAYS = 3_653; // ten years

    private final InstantSource clock;

    BillChecks(InstantSource clock) {
        this.clock = clock;
    }

    /** The fields of the document. */
    record Head(
            TransactionType type,
            LocalDate issued,
            @Nullable LocalDate due,
            @Nullable LocalDate glDate,
            @Nullable Instant approvedAt,
            BigDecimal net,
            BigDecimal tax,
            BigDecimal total) {}

    List<String> faults(Head head, List<BillLine> lines) {
        var faults = new ArrayList<String>(0);
        long today = Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_PER_DAY);
        near(faults, "issuedOn (invoice_date)", head.issued(), today);
        near(faults, "dueOn (due_date)", head.due(), today);
        near(faults, "glDate (gl_date)", head.glDate(), today);
        if (head.approvedAt() == null) {
            faults.add("approvedAt (approved_at) is missing, although the status is APPROVED");
        }
        if (head.type() == TransactionType.REFUND && head.total().signum() < 0) {
            faults.add("total (total_amount) must be positive in a REFUND, as it is negated when it is read: '"
                    + head.total().toPlainString() + "'");
        }
        differs(
                faults,
                "total (total_amount)",
                head.total(),
                "net_amount + tax_amount",
                head.net().add(head.tax()),
                CENT);
        if (lines.isEmpty()) {
            faults.add("lines (line_number) are missing");
            return faults;
        }
        BigDecimal nets = BigDecimal.ZERO;
        BigDecimal taxes = BigDecimal.ZERO;
        boolean taxed = false;
        int last = 0;
        for (int at = 0; at < lines.size(); at++) {
            BillLine line = lines.get(at);
            nets = nets.add(line.net());
            if (line.tax() != null) {
                taxed = true;
                taxes = taxes.add(line.tax());
            }
            if (line.number() <= last) {
                faults.add("lines[" + at + "].id (line_number) must be higher than " + last + " on the row before: '"
                        + line.number() + "'");
            }
            last = line.number();
            check(faults, at, line);
        }
        BigDecimal rounding = CENT.multiply(BigDecimal.valueOf(lines.size())).min(MOST_ROUNDING);
        differs(faults, "net (net_amount)", head.net(), "the sum of line_net", nets, rounding);
        if (taxed || head.tax().signum() != 0) {
            differs(faults, "tax (tax_amount)", head.tax(), "the sum of line_tax", taxes, rounding);
        }
        return faults;
    }

    private static void check(List<String> faults, int at, BillLine line) {
        if (line.type() == BillLine.Type.GL && line.account() == null) {
            faults.add("lines[" + at + "].coding.account (gl_account) is missing on a line of type GL");
        }
        if (line.tax() != null && line.tax().signum() != 0 && line.taxCode() == null) {
            faults.add("lines[" + at + "].tax.code (tax_code) is missing, although line_tax is "
                    + line.tax().toPlainString());
        }
    }

    private static void near(List<String> faults, String column, @Nullable LocalDate date, long today) {
        if (date == null) {
            return;
        }
        if (Math.abs(date.toEpochDay() - today) > MOST_DAYS) {
            faults.add(column + " must lie within ten years of today: '" + date + "'");
        }
    }

    private static void differs(
            List<String> faults, String column, BigDecimal stated, String what, BigDecimal sum, BigDecimal tolerance) {
        if (stated.compareTo(sum) != 0 && stated.subtract(sum).abs().compareTo(tolerance) > 0) {
            faults.add(column + " is " + stated.toPlainString() + ", but " + what + " is " + sum.toPlainString());
        }
    }
}
