package io.mlconnector.cloudsuite;

import io.mlconnector.model.Money;
import io.mlconnector.spi.TargetRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must stand in M3 under the reference of one payment, refund or dispute, whatever stands there now.
 *
 * @param reference what is searched for, IRNO
 * @param name for people
 * @param amounts what stands at which invoice, in the record's currency; negative where money goes back
 * @param currency of all amounts
 * @param fee what the payment system keeps, in that currency
 * @param rate local currency per currency of the record, if the payment system changed it; null if not
 * @param rateCurrency the currency that the payment system changed it to; null if it did not
 * @param at when the money moved
 * @param account where it comes from or goes to
 */
record Wanted(
        String reference,
        String name,
        Map<InvoiceId, BigDecimal> amounts,
        String currency,
        BigDecimal fee,
        @Nullable BigDecimal rate,
        @Nullable String rateCurrency,
        Instant at,
        GlString account) {

    Wanted {
        amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
    }

    /** Nothing, for a record that moves no money, or none any more. */
    static Wanted nothing(String reference, String name, Money amount, Instant at) {
        return new Wanted(reference, name, Map.of(), amount.currency(), BigDecimal.ZERO, null, null, at, GlString.NONE);
    }

    /** Where the record is, as the id that its link keeps: {@code inpay_1@AAA|C1|C1|100|2026}. */
    TargetRef target() {
        return TargetRef.of(encoded(reference) + "@"
                + amounts.keySet().stream()
                        .map(id -> encoded(id.text()))
                        .sorted()
                        .collect(Collectors.joining(",")));
    }

    /** The invoices of such an id. */
    static List<InvoiceId> invoices(String target) {
        String text = target.substring(target.indexOf('@') + 1);
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(",", -1)).stream()
                        .flatMap(id -> InvoiceId.parse(decoded(id)).stream())
                        .toList();
    }

    /** The reference of such an id. */
    static String reference(String target) {
        int at = target.indexOf('@');
        return decoded(at < 0 ? target : target.substring(0, at));
    }

    private static String encoded(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("@", "%40");
    }

    private static String decoded(String text) {
        return text.replace("%40", "@").replace("%2C", ",").replace("%25", "%");
    }
}
