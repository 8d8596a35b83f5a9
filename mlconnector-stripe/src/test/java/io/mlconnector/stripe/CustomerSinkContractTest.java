package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.stripe.StripeFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class CustomerSinkContractTest extends SinkContract<Customer> {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Sink<Customer> sink() {
        return fixture.customers();
    }

    @Override
    protected Customer record(int number) {
        return Fixture.customer(number).build();
    }

    @Override
    protected Customer changed(Customer record) {
        return Fixture.customer(1).phone("+49 221 1").build();
    }

    @Override
    protected String changedField() {
        return "phone";
    }

    @Override
    protected Customer refused(int number) {
        return Fixture.customer(number).email("no address").build();
    }

    @Override
    protected int documents(RecordKey key) {
        return fixture.stripe
                .customersByMetadata("mlc_key")
                .getOrDefault(key.toString(), List.of())
                .size();
    }

    @Override
    protected void loseNextAnswer() {
        fixture.stripe.failNext(1, StripeFault.droppedAnswer());
    }

    @Override
    protected Instant now() {
        return fixture.now();
    }
}
