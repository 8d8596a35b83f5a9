package io.mlconnector.ifs;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a payment, refund or dispute is recorded, as the id that its link keeps: {@code inpay_1@10|F|2026|7}.
 *
 * @param id at its source
 * @param invoices the ids of the invoices
 */
record ReceiptTarget(String id, List<String> invoices) {

    static ReceiptTarget of(String id, Collection<Posting> postings) {
        return new ReceiptTarget(
                id,
                postings.stream()
                        .map(posting -> posting.invoice().id())
                        .sorted()
                        .toList());
    }

    static ReceiptTarget parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ReceiptTarget(decoded(text), List.of());
        }
        List<String> invoices = Arrays.stream(text.substring(at + 1).split(",", -1))
                .filter(invoice -> !invoice.isEmpty())
                .map(ReceiptTarget::decoded)
                .toList();
        return new ReceiptTarget(decoded(text.substring(0, at)), invoices);
    }

    String text() {
        return encoded(id) + "@" + invoices.stream().map(ReceiptTarget::encoded).collect(Collectors.joining(","));
    }

    private static String encoded(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("@", "%40");
    }

    private static String decoded(String text) {
        return text.replace("%40", "@").replace("%2C", ",").replace("%25", "%");
    }
}
