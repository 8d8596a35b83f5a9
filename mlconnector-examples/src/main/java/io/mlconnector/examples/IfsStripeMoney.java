package io.mlconnector.examples;

import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Counts at IFS Cloud what came back from Stripe. */
record IfsStripeMoney(IfsSandbox ifs, StripeSandbox stripe, StripePayers payers) {

    /** Every payment, refund and dispute must be recorded at one voucher, once. */
    DemoSystems.TargetCount count() {
        var expected = new ArrayList<String>(payers.paid());
        stripe.objects("refund")
                .forEach(refund -> expected.add(refund.path("id").asText()));
        stripe.objects("dispute")
                .forEach(dispute -> expected.add(dispute.path("id").asText()));
        Map<String, Integer> recorded = new HashMap<>();
        for (IfsRow row : ifs.rows("VoucherSet")) {
            Object entries = row.value("Cf_Stripe_Entries");
            if (entries != null) {
                for (String entry : entries.toString().split("; ?", -1)) {
                    if (!entry.isBlank()) {
                        String name = entry.split(" ", -1)[1]; // connection and id
                        recorded.merge(name.substring(name.indexOf('/') + 1), 1, Integer::sum);
                    }
                }
            }
        }
        int total = recorded.values().stream().mapToInt(Integer::intValue).sum();
        int missing =
                (int) expected.stream().filter(id -> !recorded.containsKey(id)).count();
        return new DemoSystems.TargetCount(total, total - recorded.size(), missing);
    }
}
