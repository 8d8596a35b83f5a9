package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static io.mlconnector.engine.FakeErp.invoice;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Write;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RunningTest {

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();

    private SyncEngine engine(Ledger ledger, Flow<?>... flows) {
        var time = new MovedTime();
        SyncEngine.Builder builder = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .clock(time)
                .sleeper(time);
        List.of(flows).forEach(builder::addFlow);
        return builder.build();
    }

    @Test
    void aFlowThatAnotherProcessRunsKeepsNoOtherFromRunning() {
        erp.customers.put(customer("1", "Mueller"));
        erp.invoices.put(invoice("INV-1", "1", "10.00"));
        Flow<Customer> customers = Flow.of("customers", Customer.class)
                .from("erp/customers")
                .to("bank/customers")
                .build();
        Flow<Invoice> invoices = Flow.of("invoices", Invoice.class)
                .from("erp/invoices")
                .to("bank/invoices")
                .build();
        Ledger held = new PassingLedger(new InMemoryLedger()) {
            @Override
            public Lease acquire(String flow) {
                if (flow.equals("customers")) {
                    throw new LedgerException("flow customers runs in another process", Details.NONE);
                }
                return super.acquire(flow);
            }
        };

        List<FlowReport> reports = engine(held, customers, invoices).runAll();

        assertThat(reports.get(0).failureReason()).hasValue("flow customers runs in another process");
        assertThat(reports.get(0).balanced()).isTrue();
        assertThat(reports.get(1).completed()).isTrue();
        assertThat(reports.get(1).readCount()).isEqualTo(1);
    }

    @Test
    void aRecordThatWasMalformedGoesThroughTheStepsOfTheFlowWhenItIsReplayed() {
        RecordKey key = new RecordKey("erp", "customers", "1");
        erp.customers.garble(key, "{}");
        Flow<Customer> upper = Flow.of("customers", Customer.class)
                .from("erp/customers")
                .to("bank/customers")
                .addTransform(customer -> customer(
                        customer.key().id(), String.valueOf(customer.name()).toUpperCase(Locale.ROOT)))
                .build();
        SyncEngine engine = engine(new InMemoryLedger(), upper);
        engine.run("customers");
        erp.customers.put(customer("1", "Mueller"));

        FlowReport report = engine.replay("customers", List.of(key));

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(bank.customers.writes.get(0))
                .isInstanceOfSatisfying(
                        Write.Create.class,
                        create ->
                                assertThat(((Customer) create.record()).name()).isEqualTo("MUELLER"));
    }
}
