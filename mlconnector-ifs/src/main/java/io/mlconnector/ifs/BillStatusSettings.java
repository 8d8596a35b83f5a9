package io.mlconnector.ifs;

import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * How a supplier invoice is marked with what became of it in a payment system.
 *
 * @param columns of the invoice: that it was sent, under which id, how it stands there, and when it was paid
 * @param settleTime the longest time after which a write that timed out can still take effect
 */
record BillStatusSettings(Columns columns, Duration settleTime) {

    static BillStatusSettings read(Settings settings) {
        var usual = new LinkedHashMap<String, String>();
        usual.put("sent", "Cf_Sent_To_Bill");
        usual.put("id", "Cf_Bill_Id");
        usual.put("status", "Cf_Bill_Status");
        usual.put("paidOn", Columns.NONE);
        return new BillStatusSettings(
                Columns.read(settings, "columns", usual), settings.duration("settleTime", Duration.ofMinutes(2)));
    }
}
