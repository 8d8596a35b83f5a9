package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Sink;
import io.mlconnector.testkit.SinkContract;
import io.mlconnector.testkit.ifs.IfsFault;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Vendors that keep their number, and vendors that the system numbers. */
class VendorSinkContractTest {

    abstract static class Vendors extends SinkContract<Vendor> {

        private final BillFixture fixture = new BillFixture(Preset.GENERIC);
        private final String numbering;

        Vendors(String numbering) {
            this.numbering = numbering;
        }

        @AfterEach
        void stop() {
            fixture.close();
        }

        @Override
        protected Sink<Vendor> sink() {
            return fixture.connection
                    .with("vendors", Map.of("create", true, "numbering", numbering))
                    .sink("vendors");
        }

        @Override
        protected Vendor record(int number) {
            return VendorSinkTest.vendor("N" + number).build();
        }

        @Override
        protected Vendor changed(Vendor record) {
            return VendorSinkTest.vendor(record.number()).phone("+49 30 1").build();
        }

        @Override
        protected String changedField() {
            return "phone";
        }

        /** The system demands a name. */
        @Override
        protected Vendor refused(int number) {
            return VendorSinkTest.vendor("N" + number).name("").build();
        }

        @Override
        protected int documents(RecordKey key) {
            return (int) fixture.sandbox.rows("SupplierInfoGeneralSet").stream()
                    .filter(row -> ("bill-test/" + key.id()).equals(row.value("Cf_Source_Reference")))
                    .count();
        }

        @Override
        protected void loseNextAnswer() {
            fixture.sandbox.failNext(1, request -> request.isWrite(), IfsFault.answerLost());
        }

        @Override
        protected Instant now() {
            return fixture.clock.instant();
        }
    }

    @Nested
    class NumberedBySource extends Vendors {
        NumberedBySource() {
            super("source");
        }
    }

    @Nested
    class NumberedBySystem extends Vendors {
        NumberedBySystem() {
            super("assigned");
        }
    }
}
