package io.mlconnector.ifs;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class SweepContractTest extends SourceContract<Customer> {

    private final IfsSandbox sandbox = IfsSandbox.builder()
            .addSet(SweepTest.customers())
            .withHistoryLog("CustomerInfo")
            .start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    protected Source<Customer> source() {
        return TestConnection.to(sandbox)
                .with("pageSize", 2)
                .with("changes", "sweep")
                .source("customers");
    }

    @Override
    protected List<RecordKey> seven() {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> {
                    sandbox.put("CustomerSet", Samples.customer("100" + number));
                    return new RecordKey("ifs-test", "customers", "100" + number);
                })
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.advance(Duration.ofHours(1));
        sandbox.patch("CustomerSet", Map.of("CustomerId", "1004", "Name", "Changed AB"));
        return new RecordKey("ifs-test", "customers", "1004");
    }
}
