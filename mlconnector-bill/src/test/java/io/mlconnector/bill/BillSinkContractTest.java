package io.mlconnector.bill;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.bill.BillFault;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class BillSinkContractTest extends SinkContract<Bill> {

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void writeTheVendor() {
        fixture.linkedVendor(1);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Sink<Bill> sink() {
        return fixture.bills();
    }

    @Override
    protected Bill record(int number) {
        return Fixture.bill(number, 1).build();
    }

    @Override
    protected Bill changed(Bill record) {
        return Fixture.bill(1, 1).memo("changed").build();
    }

    @Override
    protected String changedField() {
        return "memo";
    }

    @Override
    protected Bill refused(int number) {
        return Fixture.bill(number, 1).total(Money.of("99.99", "USD")).build();
    }

    @Override
    protected int documents(RecordKey key) {
        return (int) fixture.bill.bills().stream()
                .filter(bill -> bill.path("description").asText().startsWith("[" + key + "]"))
                .count();
    }

    @Override
    protected void loseNextAnswer() {
        fixture.bill.failNext(
                1, BillFault.droppedAnswer(), (method, path) -> method.equals("POST") && path.endsWith("/bills"));
    }

    @Override
    protected References references() {
        return fixture.references();
    }

    @Override
    protected Instant now() {
        return fixture.bill.now();
    }
}
