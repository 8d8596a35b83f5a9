package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.mlconnector.model.Customer;
import io.mlconnector.spi.WriteOutcome;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWritesTest {

    private static final int PAGE = 1_000;

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final MovedTime time = new MovedTime();
    private final LedgerWrites ledger = new LedgerWrites(new InMemoryLedger());
    private final SyncEngine engine = SyncEngine.builder()
            .ledger(ledger)
            .addConnection(erp)
            .addConnection(bank)
            .addFlow(Flow.of("customers", Customer.class)
                    .from("erp/customers")
                    .to("bank/customers")
                    .batch(PAGE)
                    .build())
            .clock(time)
            .sleeper(time)
            .build();

    @BeforeEach
    void readLargePages() {
        erp.customers.pageSize = PAGE;
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void writesNothingButPositionsForARunOver100000UnchangedRecords() {
        put(100_000);
        assertThat(engine.run("customers").count(Tally.CREATED)).isEqualTo(100_000);
        ledger.take();
        put(100_000);

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.UNCHANGED)).isEqualTo(100_000);
        assertThat(ledger.take()).containsOnly(entry(LedgerWrites.TRANSACTIONS, 100), entry("positions.save", 100));
    }

    @Test
    void movesThePositionInTheTransactionThatSettlesTheLastOfAPage() {
        put(PAGE);

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(PAGE);
        assertThat(ledger.take())
                .isEqualTo(Map.of(
                        LedgerWrites.TRANSACTIONS,
                        2,
                        "intents.put",
                        1,
                        "mappings.put",
                        1,
                        "intents.close",
                        1,
                        "audit.append",
                        1,
                        "positions.save",
                        1));
        assertThat(erp.customers.settled).hasSize(1);
    }

    @Test
    void movesThePositionAfterAWriteWithoutAnAnswerWasLookedUp() {
        put(2);
        bank.customers.next(new WriteOutcome.Ambiguous("no answer"));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(2);
        assertThat(ledger.take())
                .containsEntry(LedgerWrites.TRANSACTIONS, 4)
                .containsEntry("mappings.put", 2)
                .containsEntry("positions.save", 1);
        assertThat(erp.customers.settled).hasSize(1);
    }

    private void put(int records) {
        for (int i = 0; i < records; i++) {
            erp.customers.put(customer("c" + i, "Name " + i));
        }
    }
}
