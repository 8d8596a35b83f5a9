package io.mlconnector.cloudsuite;

import io.mlconnector.spi.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How money that comes back is posted.
 *
 * @param paymentOrigin BOPE of a batch, which tells M3 how to post it
 * @param clearing the account that payments go to
 * @param refunds the account that refunds are paid from
 * @param disputes the account that lost disputes are paid from
 * @param fees the account of fees; empty if they are not posted
 * @param negative whether refunds are posted as negative payments; else they are for a person
 * @param overpayment whether more is posted than an invoice has open; else it is for a person
 * @param onAccountType PYTP of a payment without an invoice; empty if such are not posted
 * @param findColumns what the list of posted payments calls its columns
 * @param zone whose dates are accounting dates
 * @param settleTime after which a write without an answer is over
 */
record PostingSettings(
        String paymentOrigin,
        GlString clearing,
        GlString refunds,
        GlString disputes,
        GlString fees,
        boolean negative,
        boolean overpayment,
        String onAccountType,
        Map<String, String> findColumns,
        ZoneId zone,
        Duration settleTime) {

    /** What to do with what M3 may not take as it is. */
    enum Refunds {
        /** A dead letter, to be entered by hand. */
        REVIEW,
        /** As a payment with a negative amount. */
        POST_NEGATIVE
    }

    /** What to do with more than is open. */
    enum Overpayments {
        /** A dead letter. */
        REVIEW,
        /** Posted as it is. */
        POST
    }

    PostingSettings {
        findColumns = Map.copyOf(findColumns);
    }

    static PostingSettings read(Settings settings) {
        Settings accounts = settings.section("accounts");
        GlString clearing = GlString.read(accounts, "clearing", GlString.NONE);
        var columns = new LinkedHashMap<String, String>();
        Posted.COLUMNS.forEach(column -> columns.put(column, column));
        settings.table("findColumns").forEach((name, column) -> {
            if (columns.replace(name, column) == null) {
                settings.fault("findColumns." + name, "is no column; known: " + String.join(", ", Posted.COLUMNS));
            }
        });
        String origin = settings.text("paymentOrigin", "STR");
        if (origin.length() > 3) {
            settings.fault("paymentOrigin", "must have at most 3 characters: " + origin);
        }
        return new PostingSettings(
                origin,
                clearing,
                GlString.read(accounts, "refunds", clearing),
                GlString.read(accounts, "disputes", clearing),
                GlString.read(accounts, "fees", GlString.NONE),
                settings.choice("refunds", Refunds.REVIEW) == Refunds.POST_NEGATIVE,
                settings.choice("overpayments", Overpayments.REVIEW) == Overpayments.POST,
                settings.text("onAccountType", ""),
                columns,
                zone(settings),
                settings.duration("settleTime", Duration.ofMinutes(5)));
    }

    private static ZoneId zone(Settings settings) {
        String name = settings.text("zone", "UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            settings.fault("zone", "must be a time zone such as Europe/Stockholm: " + name);
            return ZoneOffset.UTC;
        }
    }
}
