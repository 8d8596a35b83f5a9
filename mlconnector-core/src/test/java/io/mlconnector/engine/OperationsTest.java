package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private static final RecordKey BAD = new RecordKey("erp", "customers", "bad");

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final MovedTime time = new MovedTime();
    private final SyncEngine engine = SyncEngine.builder()
            .ledger(ledger)
            .addConnection(erp)
            .addConnection(bank)
            .addFlow(Flow.of("customers", Customer.class)
                    .from("erp/customers")
                    .to("bank/customers")
                    .build())
            .clock(time)
            .sleeper(time)
            .build();
    private final Operations operations = engine.operations();

    @Test
    void tellsHowAFlowStands() {
        assertThat(operations.status()).singleElement().satisfies(fresh -> {
            assertThat(fresh.position()).isEqualTo(Position.START);
            assertThat(fresh.lastWriteAt()).isNull();
        });
        erp.customers.put(customer("1", "Mueller"));
        IntStream.range(0, 600)
                .forEach(i ->
                        erp.customers.garble(new RecordKey("erp", "customers", "bad" + i), "{\"row\": " + i + "}"));

        engine.run("customers");

        assertThat(operations.status()).singleElement().satisfies(status -> {
            assertThat(status.flow()).isEqualTo("customers");
            assertThat(status.dead()).isEqualTo(600);
            assertThat(status.parked()).isZero();
            assertThat(status.inDoubt()).isZero();
            assertThat(status.open()).isZero();
            assertThat(status.position()).isEqualTo(new Position("601"));
            assertThat(status.lastWriteAt()).isNotNull();
        });
        assertThat(operations.letters("customers", Letter.Kind.DEAD)).hasSize(600);
    }

    @Test
    void throwsALetterAwayUnderThePersonsName() {
        erp.customers.garble(BAD, "{}");
        engine.run("customers");

        operations.discard("customers", BAD, "Ada");

        assertThat(operations.letter("customers", BAD)).isEmpty();
        assertThat(newest().outcome()).isEqualTo(AuditEntry.Outcome.SETTLED);
        assertThat(newest().detail()).startsWith("discarded by Ada: ").contains("name is missing");
        assertThatThrownBy(() -> operations.discard("customers", BAD, "Ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is neither a dead letter of flow customers nor parked by it");
    }

    @Test
    void goesOnReadingWhereAPersonSaysAndWritesNothingTwice() {
        IntStream.range(0, 25).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));
        engine.run("customers");

        operations.setPosition("customers", Position.START, "Ada");
        FlowReport again = engine.run("customers");

        assertThat(again.count(Tally.UNCHANGED)).isEqualTo(25);
        assertThat(bank.customers.documents).hasSize(25);
        assertThat(newest().detail()).isEqualTo("moved by Ada from '25' to ''");
        assertThat(operations.position("customers")).isEqualTo(new Position("25"));
    }

    @Test
    void namesTheFlowsThatThereAre() {
        assertThatThrownBy(() -> operations.letters("custmers", Letter.Kind.DEAD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no flow 'custmers'; known: [customers]");
    }

    private AuditEntry newest() {
        List<AuditEntry> entries = ledger.read(tx -> tx.audit().query(AuditQuery.newest(1)));
        return entries.get(0);
    }
}
