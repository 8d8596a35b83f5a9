package io.mlconnector.bill;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.bill.BillFault;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

final class VendorSinkContractTest extends SinkContract<Vendor> {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Sink<Vendor> sink() {
        return fixture.vendors();
    }

    @Override
    protected Vendor record(int number) {
        return Fixture.vendor(number).build();
    }

    @Override
    protected Vendor changed(Vendor record) {
        return Fixture.vendor(1).email("other@nordhaven.example").build();
    }

    @Override
    protected String changedField() {
        return "email";
    }

    @Override
    protected Vendor refused(int number) {
        return Fixture.vendor(number).address(null).build();
    }

    @Override
    protected int documents(RecordKey key) {
        return (int) fixture.bill.vendors().stream()
                .filter(vendor -> vendor.path("shortName").asText().equals(key.id()))
                .count();
    }

    @Override
    protected void loseNextAnswer() {
        fixture.bill.failNext(
                1, BillFault.droppedAnswer(), (method, path) -> method.equals("POST") && path.endsWith("/vendors"));
    }

    @Override
    protected Instant now() {
        return fixture.bill.now();
    }
}
