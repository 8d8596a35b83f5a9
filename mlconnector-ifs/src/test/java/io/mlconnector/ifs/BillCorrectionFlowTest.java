package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.ifs.IfsFault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Corrected bills through the engine: from a list into the sandbox, with lost answers. */
class BillCorrectionFlowTest {

    private final FakePaymentSystem.Log<Bill> bills = new FakePaymentSystem.Log<>(Bill.class);

    private SyncEngine engine(BillFixture fixture) {
        return SyncEngine.builder()
                .ledger(new InMemoryLedger())
                .addConnection(new Approvals(bills))
                .addConnection(fixture.connection.open())
                .addFlow(Flow.of("bills", Bill.class)
                        .from("stampli/bills")
                        .to("ifs-test/bills")
                        .build())
                .clock(fixture.clock)
                .sleeper(fixture.clock)
                .random(new Random(7))
                .build();
    }

    private static Bill over(int number, String net) {
        Money amount = Money.of(net, "EUR");
        return BillFixture.bill(number)
                .lines(List.of(BillFixture.line(1, net, "4020", "CC-300", "V0", "0.00")))
                .net(amount)
                .tax(Money.zero("EUR"))
                .total(amount)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void correctsTwiceAndVoidsByReversalsThoughAnswersAreLost(Preset preset) {
        try (BillFixture fixture = new BillFixture(preset)) {
            fixture.bills.put("corrections", "reverse-and-repost");
            SyncEngine engine = engine(fixture);
            bills.put(BillFixture.bill(1).build());
            bills.put(BillFixture.bill(2).build());
            assertThat(engine.run("bills").count(Tally.CREATED)).isEqualTo(2);

            for (String net : List.of("1600.00", "1700.01")) {
                bills.put(over(1, net));
                fixture.loseAnswerOf(fixture.invoiceSet());
                fixture.loseAnswerOf("VoucherSet");
                FlowReport corrected = engine.run("bills");
                assertThat(corrected.count(Tally.UPDATED)).as("%s", corrected).isEqualTo(1);
                assertThat(corrected.balanced()).isTrue();
            }
            bills.put(BillFixture.bill(2).approval(Bill.Approval.VOIDED).build());
            fixture.loseAnswerOf("VoucherRowSet");
            assertThat(engine.run("bills").count(Tally.UPDATED)).isEqualTo(1);
            assertThat(engine.run("bills").count(Tally.UPDATED)).isZero();

            assertThat(fixture.invoices())
                    .extracting(row -> row.text("InvoiceNo"))
                    .containsExactlyInAnyOrder("00-1", "00-1-R", "00-1-C1", "00-1-C1-R", "00-1-C2", "00-2", "00-2-R");
            assertThat(owed(fixture)).isEqualByComparingTo("1700.01");
            assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
        }
    }

    @Test
    void changesWhatIsUnpostedThoughAnswersAreLost() {
        try (BillFixture fixture = new BillFixture(Preset.CLOUD)) {
            fixture.bills.put("corrections", "update-if-unposted");
            SyncEngine engine = engine(fixture);
            bills.put(BillFixture.bill(1).build());
            engine.run("bills");

            bills.put(over(1, "1600.00"));
            fixture.sandbox.failNext(3, request -> request.method().equals("PATCH"), IfsFault.answerLost());
            assertThat(engine.run("bills").count(Tally.UPDATED)).isEqualTo(1);
            bills.put(BillFixture.bill(1).approval(Bill.Approval.VOIDED).build());
            assertThat(engine.run("bills").count(Tally.UPDATED)).isEqualTo(1);
            bills.put(over(1, "1700.01"));
            assertThat(engine.run("bills").count(Tally.UPDATED)).isEqualTo(1);

            assertThat(fixture.invoices()).hasSize(1);
            assertThat(fixture.invoices().get(0).decimal("GrossCurrAmount")).isEqualByComparingTo("1700.01");
            assertThat(owed(fixture)).isEqualByComparingTo("1700.01");
            assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
        }
    }

    private static BigDecimal owed(BillFixture fixture) {
        return fixture.voucherRows().stream()
                .filter(row -> row.text("Account").equals("2440"))
                .map(row -> (row.has("CreditAmount") ? row.decimal("CreditAmount") : BigDecimal.ZERO)
                        .subtract(row.has("DebitAmount") ? row.decimal("DebitAmount") : BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A system that approves bills. */
    private record Approvals(FakePaymentSystem.Log<Bill> bills) implements Connector {

        @Override
        public String connection() {
            return "stampli";
        }

        @Override
        public Set<String> readable() {
            return Set.of("bills");
        }

        @Override
        public Set<String> writable() {
            return Set.of();
        }

        @Override
        public Source<?> source(String entity, SourceContext context) {
            return bills;
        }

        @Override
        public Sink<?> sink(String entity) {
            throw new IllegalArgumentException("no " + entity);
        }

        @Override
        public List<Finding> check(Set<String> entities) {
            return List.of();
        }

        @Override
        public ConnectionStats stats() {
            return ConnectionStats.NONE;
        }

        @Override
        public void close() {}
    }
}
