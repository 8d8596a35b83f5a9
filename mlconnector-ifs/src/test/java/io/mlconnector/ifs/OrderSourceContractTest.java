package io.mlconnector.ifs;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class OrderSourceContractTest extends SourceContract<SalesOrder> {

    private final IfsSandbox sandbox = IfsSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    protected Source<SalesOrder> source() {
        return TestConnection.to(sandbox).with("pageSize", 2).source("orders");
    }

    @Override
    protected List<RecordKey> seven() {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> {
                    Samples.orderWithLines(sandbox, "P" + number);
                    return new RecordKey("ifs-test", "orders", "P" + number);
                })
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderLineSet", Samples.line("P4", "3", "1", "10", "0")); // the order itself stays as it is
        return new RecordKey("ifs-test", "orders", "P4");
    }
}
