package io.mlconnector.ifs;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class InvoiceSourceContractTest extends SourceContract<Invoice> {

    private final IfsSandbox sandbox = IfsSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    protected Source<Invoice> source() {
        return TestConnection.to(sandbox).with("pageSize", 2).source("invoices");
    }

    @Override
    protected List<RecordKey> seven() {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(number -> {
                    Samples.orderWithLines(sandbox, "P" + number);
                    sandbox.put("VoucherSet", Samples.voucher("P" + number, number));
                    return new RecordKey("ifs-test", "invoices", "10|F|2026|" + number);
                })
                .toList();
    }

    @Override
    protected RecordKey changeOne() {
        sandbox.advance(Duration.ofHours(1));
        Map<String, Object> voucher = Samples.voucher("P4", 4);
        sandbox.put("VoucherSet", Samples.changed(voucher, "DueDate", "2026-03-01"));
        return new RecordKey("ifs-test", "invoices", "10|F|2026|4");
    }
}
