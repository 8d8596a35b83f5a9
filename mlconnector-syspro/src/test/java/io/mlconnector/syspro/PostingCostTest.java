package io.mlconnector.syspro;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Payment;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 1,000 payments cost, counted in calls: with a latency of 30 ms per call they are the time it takes. */
class PostingCostTest {

    private static final int PAYMENTS = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aThousandPaymentsCostNoMoreThanAFifthAboveTheFewestCalls(String transport) {
        SysproSandbox.Builder builder = SysproSandbox.builder();
        try (Fixture fixture = new Fixture(transport.equals("rest") ? builder.withoutSoap() : builder)) {
            var writes = new ArrayList<Write<Payment>>();
            for (int number = 1; number <= PAYMENTS; number++) {
                fixture.invoice(number, "10.00");
                writes.add(fixture.create(Fixture.payment(number, "10.00").build()));
            }
            Sink<Payment> sink = fixture.sink("payments");

            var outcomes = new ArrayList<WriteOutcome>();
            for (int from = 0; from < PAYMENTS; from += sink.maxBatch()) {
                outcomes.addAll(sink.write(
                        List.copyOf(writes.subList(from, Math.min(PAYMENTS, from + sink.maxBatch())))));
            }

            assertThat(outcomes).allMatch(WriteOutcome.Applied.class::isInstance);
            assertThat(fixture.sandbox.postings()).hasSize(PAYMENTS);
            assertThat(fixture.sandbox.logons()).isEqualTo(1);
            long inSession = fixture.sandbox.requests().stream()
                    .filter(request -> request.kind() != Kind.READ && request.kind() != Kind.OTHER)
                    .count();
            long reads = fixture.sandbox.count(Kind.READ);
            long fewest = transport.equals("rest") ? PAYMENTS / itemsThatFit(fixture) : PAYMENTS / 100;
            assertThat(inSession).isLessThanOrEqualTo(Math.round(1.2 * (fewest + 1)));
            assertThat(reads).isLessThanOrEqualTo(PAYMENTS / 100);
        }
    }

    /** As many items as one address holds, by the length that it has with one and with two. */
    private static long itemsThatFit(Fixture fixture) {
        var settings = ReceiptSettings.read(Settings.of("receipts", fixture.receipts));
        Form form = Form.ofPayments(settings);
        long one = encoded(form, 1);
        long each = encoded(form, 2) - one;
        return (14_000 - 300 - (one - each)) / each;
    }

    private static long encoded(Form form, int items) {
        var movements = new ArrayList<Movement>();
        for (int number = 1; number <= items; number++) {
            movements.add(new Movement(
                    Fixture.CUSTOMER,
                    Fixture.number(number),
                    new BigDecimal("10.00"),
                    BigDecimal.ZERO,
                    "S:1Xy7Qk2LmA9pR0sT4abcdef1",
                    LocalDate.of(2026, 3, 14),
                    "Payment by card"));
        }
        return PercentEncoding.ofValue(form.parameters(false) + form.document(movements))
                .length();
    }
}
