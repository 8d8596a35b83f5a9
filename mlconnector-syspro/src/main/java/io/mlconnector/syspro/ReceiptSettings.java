package io.mlconnector.syspro;

import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How money that came in or went back is posted.
 *
 * @param payments whether payments are posted
 * @param refunds how refunds are posted
 * @param disputes how lost disputes are posted
 * @param overpayment what becomes of money above the balance of its invoice
 * @param bank the bank code; empty for SYSPRO's default
 * @param paymentType C, S or O
 * @param postingPeriod C, P or B
 * @param ledgerCode of adjustments; empty for none
 * @param productClass of debit notes; empty for none
 * @param prefix of references
 * @param referenceLength how long a reference may be
 * @param notation of journals
 * @param notationLength how long a notation may be
 * @param narrationLength how long a narration may be
 * @param itemsPerDocument how many postings one document holds at most
 * @param settleTime after which time a post without an answer can take effect no more
 * @param elements elements with constant texts for every payment
 */
record ReceiptSettings(
        Payments payments,
        Back refunds,
        Back disputes,
        Overpayment overpayment,
        String bank,
        PaymentType paymentType,
        PostingPeriod postingPeriod,
        String ledgerCode,
        String productClass,
        String prefix,
        int referenceLength,
        String notation,
        int notationLength,
        int narrationLength,
        int itemsPerDocument,
        Duration settleTime,
        Map<String, String> elements) {

    /** Whether payments are posted. */
    enum Payments {
        POST,
        RECORD_ONLY
    }

    /** How money that went back is posted. */
    enum Back {
        RECORD_ONLY,
        ADJUSTMENT,
        NEGATIVE_RECEIPT,
        DEBIT_NOTE
    }

    /** What becomes of money above the balance of its invoice. */
    enum Overpayment {
        UNAPPLIED,
        PARK
    }

    /** SYSPRO's kinds of payment: cheque, cash, other. */
    enum PaymentType {
        C,
        S,
        O
    }

    /** SYSPRO's periods: current, previous, before previous. */
    enum PostingPeriod {
        C,
        P,
        B
    }

    static ReceiptSettings read(Settings settings) {
        int longest = settings.integer("referenceLength", 30, 8, 255);
        String prefix = settings.text("referencePrefix", "S:");
        if (prefix.length() > longest - 6) {
            settings.fault("referencePrefix", "must leave room for an id in " + longest + " characters: " + prefix);
        }
        var read = new ReceiptSettings(
                settings.choice("payments", Payments.POST),
                settings.choice("refunds", Back.RECORD_ONLY),
                settings.choice("disputes", Back.RECORD_ONLY),
                settings.choice("overpayment", Overpayment.UNAPPLIED),
                settings.text("bank", ""),
                letter(settings, "paymentType", PaymentType.O),
                letter(settings, "postingPeriod", PostingPeriod.C),
                settings.text("ledgerCode", ""),
                settings.text("productClass", ""),
                prefix,
                longest,
                settings.text("notation", "Stripe"),
                settings.integer("notationLength", 30, 1, 255),
                settings.integer("narrationLength", 100, 1, 255),
                settings.integer("itemsPerDocument", 100, 1, 1000),
                settings.duration("settleTime", Duration.ofMinutes(3)),
                elements(settings));
        if (read.uses(Back.DEBIT_NOTE) && read.productClass().isEmpty()) {
            settings.fault("productClass", "is needed for debit notes");
        }
        return read;
    }

    private static <E extends Enum<E>> E letter(Settings settings, String name, E otherwise) {
        String text = settings.text(name, otherwise.name());
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        settings.fault(
                name,
                "must be one of "
                        + Arrays.toString(otherwise.getDeclaringClass().getEnumConstants()) + ": " + text);
        return otherwise;
    }

    private static Map<String, String> elements(Settings settings) {
        var elements = new LinkedHashMap<String, String>();
        settings.table("elements").forEach((name, text) -> {
            if (Vocabulary.EXTRA_OF_PAYMENT.contains(name)) {
                elements.put(name, text);
            } else {
                settings.fault(
                        "elements." + name,
                        "is no element of a payment that may be set, and SYSPRO would silently drop it; known: "
                                + String.join(
                                        ", ",
                                        Vocabulary.EXTRA_OF_PAYMENT.stream()
                                                .sorted()
                                                .toList()));
            }
        });
        return elements;
    }

    boolean uses(Back back) {
        return refunds == back || disputes == back;
    }

    /** What a person finds a posting by, and what tells whether it is there. */
    String reference(String id) {
        int room = Math.min(24, referenceLength - prefix.length());
        return prefix + (id.length() <= room ? id : id.substring(id.length() - room));
    }
}
