package io.mlconnector.bill;

import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class PaymentSourceContractTest extends SourceContract<Payment> {

    private final Fixture fixture = new Fixture();
    private final List<RecordKey> keys = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Source<Payment> source() {
        return fixture.source("payments");
    }

    @Override
    protected List<RecordKey> seven() {
        String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
        for (int number = 1; number <= 7; number++) {
            String id = fixture.bill.pay(fixture.bill.enterBill(vendor, "N-" + number, "100.00"), null, "SCHEDULED");

            keys.add(new RecordKey("bill", "payments", id));
            fixture.bill.advance(Duration.ofSeconds(number / 3));
        }
        return List.copyOf(keys);
    }

    @Override
    protected RecordKey changeOne() {
        fixture.bill.advance(Duration.ofMinutes(1));
        fixture.bill.movePayment(keys.get(3).id(), "CLEARED");
        return keys.get(3);
    }
}
