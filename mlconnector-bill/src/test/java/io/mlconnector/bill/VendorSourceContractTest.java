package io.mlconnector.bill;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class VendorSourceContractTest extends SourceContract<Vendor> {

    private final Fixture fixture = new Fixture();
    private final List<RecordKey> keys = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected Source<Vendor> source() {
        return fixture.source("vendors");
    }

    @Override
    protected List<RecordKey> seven() {
        for (int number = 1; number <= 7; number++) {
            String id = fixture.bill.enterVendor("Vendor " + number, "USD");
            if (number == 7) {
                fixture.bill.archive("vendors", id, true);
            }
            keys.add(new RecordKey("bill", "vendors", id));
            fixture.bill.advance(Duration.ofSeconds(number / 3));
        }
        return List.copyOf(keys);
    }

    @Override
    protected RecordKey changeOne() {
        fixture.bill.advance(Duration.ofMinutes(1));
        fixture.bill.changeVendor(keys.get(3).id(), "email", "new@vendor.example");
        return keys.get(3);
    }
}
