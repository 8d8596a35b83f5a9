package io.mlconnector.stampli;

import io.mlconnector.model.Vendor;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class VendorSourceContractTest extends SourceContract<Vendor> {

    private final StampliSandbox sandbox = StampliSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    @SuppressWarnings("unchecked") // the source of this entity
    protected Source<Vendor> source() {
        return (Source<Vendor>) TestConnection.to(sandbox)
                .with("pageSize", 2)
                .with("corrections", "update-if-unposted")
                .open()
                .source("vendors", SourceContext.EMPTY);
    }

    @Override
    protected List<RecordKey> seven() {
        for (int number = 1; number <= 7; number++) {
            sandbox.put(
                    ReferenceFiles.path("vendors", number),
                    ReferenceFiles.vendors(ReferenceFiles.vendor(number, "Vendor " + number)));
        }
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> new RecordKey("stampli-test", "vendors", "V" + number))
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.put(
                ReferenceFiles.path("vendors", 8),
                ReferenceFiles.vendors(
                        ReferenceFiles.vendor(4, "Another").replace("2026-03-01", "2026-03-02")));
        return new RecordKey("stampli-test", "vendors", "V4");
    }
}
