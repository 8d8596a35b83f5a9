package io.mlconnector.bill;

import io.mlconnector.model.Bill;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class BillSourceContractTest extends SourceContract<Bill> {

    private final Fixture fixture = new Fixture();
    private final List<RecordKey> keys = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Source<Bill> source() {
        return fixture.source("bills");
    }

    @Override
    protected List<RecordKey> seven() {
        String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
        for (int number = 1; number <= 7; number++) {
            String id = fixture.bill.enterBill(vendor, "N-" + number, "100.00");
            if (number == 7) {
                fixture.bill.archive("bills", id, true);
            }
            if (number == 2) {
                fixture.bill.pay(id, null, "CLEARED");
            }
            keys.add(new RecordKey("bill", "bills", id));
            fixture.bill.advance(Duration.ofSeconds(number / 3));
        }
        return List.copyOf(keys);
    }

    @Override
    protected RecordKey changeOne() {
        fixture.bill.advance(Duration.ofMinutes(1));
        fixture.bill.pay(keys.get(3).id(), "40.00", "CLEARED");
        return keys.get(3);
    }
}
