package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecondAuditLogTest {

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final FakeAuditSink second = new FakeAuditSink();

    private SyncEngine engine(AuditSink sink) {
        return builder().addAuditSink("siem", sink).build();
    }

    private SyncEngine.Builder builder() {
        return SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build())
                .clock(time)
                .sleeper(time)
                .random(new Random(7));
    }

    @Test
    void isGivenEveryEntryOfARunInOrder() throws Exception {
        IntStream.range(0, 35).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));
        SyncEngine engine = engine(second);

        engine.run("customers");
        second.await(35);
        engine.close();

        assertThat(second.entries()).isEqualTo(entries()).hasSize(35);
    }

    @Test
    void isGivenWhatAPersonDecides() throws Exception {
        erp.customers.put(customer("1", "M\u00fcller"));
        bank.customers.loseNextAnswer();
        bank.customers.cannotTell = "two documents match";
        SyncEngine engine = engine(second);
        engine.run("customers");

        engine.confirm("customers", new RecordKey("erp", "customers", "1"), "C-1", "ada");
        second.await(2);
        engine.close();

        assertThat(second.entries())
                .extracting(delivered -> delivered.entry().outcome())
                .containsExactly(Outcome.IN_DOUBT, Outcome.SETTLED);
    }

    @Test
    void catchesUpWhenItIsAddedLater() throws Exception {
        erp.customers.put(customer("1", "Mayer"));
        builder().build().run("customers");
        SyncEngine engine = engine(second);

        engine.start();
        second.await(1);
        engine.close();

        assertThat(second.sequences()).containsExactly(1L);
    }

    @Test
    void stopsNoFlowWhileItHangs() throws Exception {
        var hangs = new CountDownLatch(1);
        SyncEngine engine = engine(entries -> {
            hangs.await();
            second.accept(entries);
        });

        for (int i = 0; i < 3; i++) {
            erp.customers.put(customer("c" + i, "Name " + i));
            assertThat(engine.run("customers").completed()).isTrue();
        }
        assertThat(bank.customers.documents).hasSize(3);
        assertThat(second.sequences()).isEmpty();

        hangs.countDown();
        second.await(3);
        engine.close();
        assertThat(second.sequences()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void stopsAndDoublesNoFlowWhileItFails() throws Exception {
        var failures = new AtomicInteger(3);
        var mended = new CountDownLatch(1);
        SyncEngine engine = engine(entries -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("connection refused");
            }
            mended.await();
            second.accept(entries);
        });

        for (int i = 0; i < 3; i++) {
            erp.customers.put(customer("c" + i, "Name " + i));
            FlowReport report = engine.run("customers");
            assertThat(report.completed()).isTrue();
            assertThat(report.balanced()).isTrue();
        }
        mended.countDown();
        second.await(3);
        engine.close();

        assertThat(bank.customers.writes).hasSize(3);
        assertThat(second.sequences()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesTwoOfOneNameAndOneWithoutAName() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder().addAuditSink("siem", second).addAuditSink("siem", second))
                .withMessageContaining("two audit sinks are called siem");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder().addAuditSink(" ", second))
                .withMessageContaining("needs a name");
    }

    private List<SealedEntry> entries() {
        return ledger.read(tx -> tx.audit().after(0, 1000));
    }
}
