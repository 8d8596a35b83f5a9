package io.mlconnector.ifs;

import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What one payment, refund or dispute did to one invoice, as a text that is kept at the invoice: {@code pay stripe-prod/inpay_1
 * succeeded 12.50 2026-01-20T09:00:00Z ch_1}.
 *
 * @param kind what it is
 * @param connection the connection that it comes from; empty in entries that were written before that was kept
 * @param id its id at its source
 * @param state where it stands
 * @param amount the part that concerns the invoice, in the invoice's currency
 * @param at when it happened, in whole seconds
 * @param reference what a person would look for; possibly the id again
 */
record Entry(Kind kind, String connection, String id, State state, BigDecimal amount, Instant at, String reference) {

    /** What an entry is about. */
    enum Kind {
        PAY,
        REFUND,
        DISPUTE
    }

    /** Where it stands. */
    enum State {
        /** On its way. */
        PENDING(false),
        /** The money moved. */
        SUCCEEDED(true),
        /** The money did not move, or came back. */
        FAILED(true),
        /** Called off. */
        CANCELED(true),
        /** The dispute is not decided. */
        OPEN(false),
        /** The dispute was decided for us, or ended without effect. */
        WON(true),
        /** The dispute was decided against us. */
        LOST(true),
        /** No longer belongs to this invoice. */
        WITHDRAWN(true);

        private final boolean decided;

        State(boolean decided) {
            this.decided = decided;
        }

        /** A state that things have left does not come back: whoever brings it is late. */
        boolean isOlderThan(State other) {
            return !decided && other.decided && other != WITHDRAWN;
        }
    }

    private static final Pattern BLANK = Pattern.compile(" ");

    /** Between connection and id, which are encoded and have no slash. */
    private static final char BETWEEN = '/';

    Entry {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount;
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    Entry withState(State other) {
        return new Entry(kind, connection, id, other, amount, at, reference);
    }

    /** Whether it is about the same. An entry that does not say where it comes from is about whatever has its id. */
    boolean isOf(Kind otherKind, String otherConnection, String otherId) {
        return kind == otherKind
                && id.equals(otherId)
                && (connection.equals(otherConnection) || connection.isEmpty() || otherConnection.isEmpty());
    }

    /** Compares amounts by value. */
    boolean sameAs(Entry other) {
        return text().equals(other.text());
    }

    String text() {
        String name = connection.isEmpty() ? encoded(id) : encoded(connection) + BETWEEN + encoded(id);
        return word(kind) + " " + name + " " + word(state) + " " + number() + " " + at + " " + encoded(reference);
    }

    private String number() {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws MappingException if the text is none of ours
     */
    static Entry parse(String text) {
        String[] words = BLANK.split(text, -1);
        try {
            if (words.length == 6) {
                int between = words[1].indexOf(BETWEEN);
                return new Entry(
                        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        between < 0 ? "" : decoded(words[1].substring(0, between)),
                        decoded(words[1].substring(between + 1)),
                        State.valueOf(words[2].toUpperCase(Locale.ROOT)),
                        new BigDecimal(words[3]),
                        Instant.parse(words[4]),
                        decoded(words[5]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw notOurs(text);
        }
        throw notOurs(text);
    }

    private static MappingException notOurs(String text) {
        return new MappingException(
                "is not an entry such as 'pay stripe/inpay_1 succeeded 12.50 2026-01-20T09:00:00Z ch_1': '" + text
                        + "'");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return PercentEncoding.ofKey(text);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
