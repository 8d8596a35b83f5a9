package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Bill;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.SourceContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What the sink posted, read back. */
class BillSourceContractTest {

    abstract static class Bills extends SourceContract<Bill> {

        private final BillFixture fixture;

        Bills(Preset preset) {
            fixture = new BillFixture(preset);
            fixture.connection.with("pageSize", 2);
        }

        @AfterEach
        void stop() {
            fixture.close();
        }

        @Override
        protected Source<Bill> source() {
            return fixture.connection.source("bills");
        }

        @Override
        protected List<RecordKey> seven() {
            Sink<Bill> sink = fixture.sink("bills");
            return IntStream.rangeClosed(1, 7)
                    .mapToObj(number -> {
                        var applied = (WriteOutcome.Applied) BillFixture.write(
                                sink, fixture.create(BillFixture.bill(number).build()));
                        return new RecordKey(
                                "ifs-test", "bills", applied.target().id());
                    })
                    .toList();
        }

        @Override
        protected RecordKey changeOne() {
            fixture.clock.sleep(Duration.ofHours(1));
            Map<String, Object> key = fixture.invoices().get(3).has("ProposalId")
                    ? Map.of("Company", "10", "InvoiceId", 700_004, "ProposalId", 1, "DueDate", "2026-05-01")
                    : Map.of("Company", "10", "InvoiceId", 700_004, "DueDate", "2026-05-01");
            fixture.sandbox.patch(fixture.invoiceSet(), key);
            String id = fixture.invoices().get(3).has("ProposalId") ? "10|700004|1" : "10|700004";
            return new RecordKey("ifs-test", "bills", id);
        }
    }

    @Nested
    class Proposals extends Bills {
        Proposals() {
            super(Preset.GENERIC);
        }
    }

    @Nested
    class Invoices extends Bills {
        Invoices() {
            super(Preset.CLOUD);
        }
    }
}
