package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Bill;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Bills as posting proposals, and as supplier invoices with a proposal. */
class BillSinkContractTest {

    abstract static class Bills extends SinkContract<Bill> {

        private final BillFixture fixture;

        Bills(Preset preset, String corrections) {
            fixture = new BillFixture(preset);
            fixture.bills.put("corrections", corrections);
        }

        @AfterEach
        void stop() {
            fixture.close();
        }

        @Override
        protected Sink<Bill> sink() {
            return fixture.sink("bills");
        }

        @Override
        protected Bill record(int number) {
            return BillFixture.bill(number).build();
        }

        @Override
        protected Bill changed(Bill record) {
            return BillFixture.bill(1).dueOn(BillFixture.TODAY.plusDays(40)).build();
        }

        @Override
        protected String changedField() {
            return "dueOn";
        }

        @Override
        protected Bill refused(int number) {
            return BillFixture.bill(number)
                    .lines(List.of(BillFixture.line(1, "1500.00", "9999", "CC-100", "V19", "285.00")))
                    .build();
        }

        @Override
        protected int documents(RecordKey key) {
            String number = key.id().substring(key.id().lastIndexOf('|') + 1);
            return (int) fixture.invoices().stream()
                    .filter(row -> row.text("InvoiceNo").equals(number))
                    .count();
        }

        @Override
        protected void loseNextAnswer() {
            fixture.loseAnswerOf(fixture.invoiceSet());
        }

        @Override
        protected References references() {
            return fixture.references;
        }

        @Override
        protected Instant now() {
            return fixture.clock.instant();
        }
    }

    @Nested
    class AsProposals extends Bills {
        AsProposals() {
            super(Preset.GENERIC, "reject");
        }
    }

    @Nested
    class AsInvoicesWithProposals extends Bills {
        AsInvoicesWithProposals() {
            super(Preset.CLOUD, "update-if-unposted");
        }
    }
}
