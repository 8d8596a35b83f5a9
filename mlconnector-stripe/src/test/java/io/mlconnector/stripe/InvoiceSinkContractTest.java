package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.invoice;
import static io.mlconnector.stripe.Fixture.line;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.stripe.StripeFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class InvoiceSinkContractTest extends SinkContract<Invoice> {

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void writeTheCustomer() {
        fixture.linkedCustomer();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Sink<Invoice> sink() {
        return fixture.invoices();
    }

    @Override
    protected Invoice record(int number) {
        return invoice(number, line("10", "100.00", "19.00")).build();
    }

    @Override
    protected Invoice changed(Invoice record) {
        return invoice(1, line("10", "100.00", "19.00")).memo("changed").build();
    }

    @Override
    protected String changedField() {
        return "memo";
    }

    @Override
    protected Invoice refused(int number) {
        return invoice(number, line("10", "100.00", "19.00"))
                .net(Money.of("99.99", "EUR"))
                .build();
    }

    @Override
    protected int documents(RecordKey key) {
        return fixture.stripe
                .invoicesByMetadata("mlc_key")
                .getOrDefault(key.toString(), List.of())
                .size();
    }

    @Override
    protected void loseNextAnswer() {
        fixture.stripe.failNext(1, StripeFault.droppedAnswer());
    }

    @Override
    protected References references() {
        return fixture.references();
    }

    @Override
    protected Instant now() {
        return fixture.now();
    }
}
