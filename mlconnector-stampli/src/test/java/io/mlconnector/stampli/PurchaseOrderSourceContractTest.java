package io.mlconnector.stampli;

import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class PurchaseOrderSourceContractTest extends SourceContract<PurchaseOrder> {

    private final StampliSandbox sandbox = StampliSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    @SuppressWarnings("unchecked") // the source of this entity
    protected Source<PurchaseOrder> source() {
        return (Source<PurchaseOrder>) TestConnection.to(sandbox)
                .with("pageSize", 2)
                .with("corrections", "update-if-unposted")
                .open()
                .source("purchase-orders", SourceContext.EMPTY);
    }

    @Override
    protected List<RecordKey> seven() {
        for (int number = 1; number <= 7; number++) {
            sandbox.put(
                    ReferenceFiles.path("purchase_orders", number),
                    ReferenceFiles.orders(ReferenceFiles.order(number, "V1002", "USD")));
        }
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> new RecordKey("stampli-test", "purchase-orders", "PLANT-10|PO-" + number))
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.put(
                ReferenceFiles.path("purchase_orders", 8),
                ReferenceFiles.orders(ReferenceFiles.order(4, "V1003", "USD")));
        return new RecordKey("stampli-test", "purchase-orders", "PLANT-10|PO-4");
    }
}
