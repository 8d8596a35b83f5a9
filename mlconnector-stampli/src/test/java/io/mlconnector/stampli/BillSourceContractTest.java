package io.mlconnector.stampli;

import io.mlconnector.model.Bill;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class BillSourceContractTest extends SourceContract<Bill> {

    private final StampliSandbox sandbox = StampliSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    @SuppressWarnings("unchecked") // the source of this entity
    protected Source<Bill> source() {
        return (Source<Bill>) TestConnection.to(sandbox)
                .with("pageSize", 2)
                .with("corrections", "update-if-unposted")
                .open()
                .source("bills", SourceContext.EMPTY);
    }

    @Override
    protected List<RecordKey> seven() {
        sandbox.put(Invoices.path(1), Invoices.file(1, 2, 3, 4));
        sandbox.put(Invoices.path(2), Invoices.file(5, 6, 7));
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> new RecordKey("stampli-test", "bills", "PLANT-10|V1002|00-" + number))
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.put(Invoices.path(3), Invoices.file(List.of(Invoices.row(4, Map.of("memo", "now with a remark")))));
        return new RecordKey("stampli-test", "bills", "PLANT-10|V1002|00-4");
    }
}
