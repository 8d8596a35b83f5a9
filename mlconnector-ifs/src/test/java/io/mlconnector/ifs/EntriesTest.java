package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.ifs.Entry.State;
import io.mlconnector.ifs.Standing.Status;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntriesTest {

    private static final Instant NOON = Instant.parse("2026-01-20T12:00:00Z");
    private static final BigDecimal TOTAL = new BigDecimal("100.00");

    /** Such as {@code pay p1 succeeded 60}. */
    private static Entry entry(String text) {
        String[] words = text.strip().split(" ", -1);
        return new Entry(
                Kind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
                "stripe",
                words[1],
                State.valueOf(words[2].toUpperCase(java.util.Locale.ROOT)),
                new BigDecimal(words[3]),
                NOON.plusSeconds(words[1].hashCode()),
                "ref-" + words[1]);
    }

    private static Entries entries(String texts) {
        Entries entries = Entries.NONE;
        for (String text : texts.split(",", -1)) {
            entries = text.isBlank() ? entries : record(entries, entry(text));
        }
        return entries;
    }

    /** As the writer does. */
    private static Entries record(Entries entries, Entry entry) {
        return entries.cover(entry) ? entries : entries.with(entry);
    }

    private static String text(Entries entries) {
        return entries.standing().stream().map(Entry::text).collect(Collectors.joining(Entries.BETWEEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                             | OPEN",
                "pay p1 pending 100                                                             | PENDING",
                "pay p1 failed 100                                                              | FAILED",
                "pay p1 canceled 100                                                            | OPEN",
                "pay p1 failed 100, pay p2 pending 100                                          | PENDING",
                "pay p1 failed 100, pay p2 succeeded 100                                        | PAID",
                "pay p1 succeeded 60                                                            | PART_PAID",
                "pay p1 succeeded 60, pay p2 succeeded 40                                       | PAID",
                "pay p1 succeeded 60, pay p2 succeeded 40.01                                    | OVER_PAID",
                "pay p1 succeeded 110, refund r1 succeeded 10                                   | PAID",
                "pay p1 succeeded 100, refund r1 pending 50                                     | PAID",
                "pay p1 succeeded 100, refund r1 failed 50                                      | PAID",
                "pay p1 succeeded 100, refund r1 succeeded 50                                   | PART_REFUNDED",
                "pay p1 succeeded 100, refund r1 succeeded 50, refund r2 succeeded 50           | REFUNDED",
                "refund r1 succeeded 50                                                         | REFUNDED",
                "pay p1 succeeded 100, dispute d1 open 100                                      | DISPUTED",
                "pay p1 succeeded 100, dispute d1 won 100                                       | PAID",
                "pay p1 succeeded 100, dispute d1 lost 100                                      | DISPUTE_LOST",
                "pay p1 succeeded 100, dispute d1 lost 20                                       | DISPUTE_LOST",
                "pay p1 succeeded 100, refund r1 succeeded 50, dispute d1 won 50                | PART_REFUNDED",
                "pay p1 succeeded 100, dispute d1 open 50, refund r1 succeeded 50               | DISPUTED",
                "pay p1 succeeded 100, pay p1 withdrawn 100                                     | OPEN"
            })
    void tellsWhereAnInvoiceStands(String recorded, Status status) {
        assertThat(Standing.of(entries(recorded), TOTAL).status()).isEqualTo(status);
    }

    @Test
    void callsAnInvoiceOverNothingPaidOnceItWasPaid() {
        assertThat(Standing.of(entries("pay p1 succeeded 0"), BigDecimal.ZERO).status())
                .isEqualTo(Status.PAID);
    }

    @Test
    void endsInTheSameTextInWhateverOrderAndHoweverOftenEntriesCome() {
        List<Entry> all = List.of(
                entry("pay p1 succeeded 60"),
                entry("pay p2 pending 40"),
                entry("pay p2 succeeded 40"),
                entry("refund r1 pending 10"),
                entry("refund r1 failed 10"),
                entry("dispute d1 open 60"),
                entry("dispute d1 won 60"),
                entry("dispute d2 lost 5"));
        Random random = new Random(11);
        String expected =
                text(entries("pay p1 succeeded 60, pay p2 succeeded 40, refund r1 failed 10, dispute d1 won 60,"
                        + " dispute d2 lost 5"));

        for (int round = 0; round < 2000; round++) {
            List<Entry> shuffled = new ArrayList<>(all);
            shuffled.addAll(all.subList(0, random.nextInt(all.size())));
            Collections.shuffle(shuffled, random);
            Entries entries = Entries.NONE;
            for (Entry entry : shuffled) {
                // between any two writes the row is read anew
                entries = record(Entries.parse(List.of(text(entries))), entry);
            }
            assertThat(text(entries)).isEqualTo(expected);
        }
    }

    @Test
    void writesAndReadsIdsOfAnyForm() {
        Entry odd = new Entry(
                Kind.PAY, "a/b c", "a b;c]%\u00e4+1", State.SUCCEEDED, new BigDecimal("1.2345"), NOON, "x; y [z]");

        assertThat(odd.text()).doesNotContain(";", "[", "]", "+");
        assertThat(Entry.parse(odd.text())).isEqualTo(odd);
        assertThat(entry("pay p1 succeeded 1E+3").text()).contains(" 1000.00 ");
    }

    @Test
    void refusesTextThatIsNoEntry() {
        assertThatThrownBy(() -> Entries.parse(List.of("pay p1 succeeded 60", "paid in cash")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("is not an entry")
                .hasMessageContaining("'pay p1 succeeded 60'");
    }

    @Test
    void keepsPaymentsOfTwoConnectionsApartAlthoughTheyHaveOneId() {
        Entry one = new Entry(Kind.PAY, "stripe-eu", "p1", State.SUCCEEDED, new BigDecimal("60"), NOON, "ch_1");
        Entry other = new Entry(Kind.PAY, "stripe-us", "p1", State.SUCCEEDED, new BigDecimal("40"), NOON, "ch_1");

        Entries both = Entries.parse(List.of(text(record(record(Entries.NONE, one), other))));

        assertThat(both.standing()).containsExactly(one, other);
        assertThat(Standing.of(both, TOTAL).status()).isEqualTo(Status.PAID);
    }

    @Test
    void takesAnEntryThatDoesNotSayWhereItComesFromForTheSame() {
        Entries earlier = Entries.parse(List.of("pay p1 pending 60.00 2026-01-20T12:00:00Z ch_1"));
        Entry now = new Entry(Kind.PAY, "stripe-eu", "p1", State.SUCCEEDED, new BigDecimal("60"), NOON, "ch_1");

        assertThat(text(record(earlier, now))).isEqualTo("pay stripe-eu/p1 succeeded 60.00 2026-01-20T12:00:00Z ch_1");
        assertThat(Entries.parse(List.of("pay p1 succeeded 60.00 2026-01-20T12:00:00Z ch_1"))
                        .cover(now))
                .isFalse();
        assertThat(record(earlier, now).standing()).hasSize(1);
    }
}
