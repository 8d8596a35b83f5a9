package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.ifs.IfsFault;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class BillPaymentSinkContractTest extends SinkContract<Payment> {

    private final BillFixture fixture = new BillFixture(Preset.CLOUD);

    BillPaymentSinkContractTest() {
        for (int number = 1; number <= 3; number++) {
            BillPaymentTest.postAndLink(fixture, number);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Override
    protected Sink<Payment> sink() {
        return fixture.sink("bill-payments");
    }

    @Override
    protected Payment record(int number) {
        return BillPaymentTest.payment("stp" + number, number, "1785.00")
                .status(Payment.Status.PENDING)
                .build();
    }

    @Override
    protected Payment changed(Payment record) {
        return BillPaymentTest.payment("stp1", 1, "1785.00").build();
    }

    @Override
    protected String changedField() {
        return "status";
    }

    @Override
    protected Payment refused(int number) {
        return BillPaymentTest.payment("stp" + number, number, "1785.00")
                .allocations(BillPaymentTest.parts(number, Money.of("1785.00", "USD")))
                .build();
    }

    @Override
    protected int documents(RecordKey key) {
        return (int) fixture.invoices().stream()
                .filter(row -> row.has("Cf_Bill_Entries")
                        && row.text("Cf_Bill_Entries").contains("/" + key.id() + " "))
                .count();
    }

    @Override
    protected void loseNextAnswer() {
        fixture.sandbox.failNext(1, request -> request.method().equals("PATCH"), IfsFault.answerLost());
    }

    @Override
    protected References references() {
        return fixture.references;
    }

    @Override
    protected Instant now() {
        return fixture.clock.instant();
    }
}
