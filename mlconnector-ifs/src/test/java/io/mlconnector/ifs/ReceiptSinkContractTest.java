package io.mlconnector.ifs;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.testkit.SinkContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every sink, in both forms of recording. */
class ReceiptSinkContractTest {

    abstract static class Receipts<T extends BusinessRecord> extends SinkContract<T> {

        final ReceiptFixture fixture;
        private final String entity;

        Receipts(String entity, boolean notes) {
            this.entity = entity;
            fixture = new ReceiptFixture(notes);
            for (int number = 1; number <= 3; number++) {
                fixture.voucher(number);
                fixture.links.put(
                        ReceiptFixture.paymentKey("inpay_" + number),
                        TargetRef.of("inpay_" + number + "@" + ReceiptFixture.id(number)));
            }
        }

        @AfterEach
        void stop() {
            fixture.close();
        }

        @Override
        protected Sink<T> sink() {
            return fixture.sink(entity);
        }

        @Override
        protected String changedField() {
            return "status";
        }

        @Override
        protected int documents(RecordKey key) {
            return fixture.documents(key);
        }

        @Override
        protected void loseNextAnswer() {
            fixture.loseNextAnswer();
        }

        @Override
        protected References references() {
            return fixture.references;
        }

        @Override
        protected Instant now() {
            return fixture.clock().instant();
        }
    }

    abstract static class Payments extends Receipts<Payment> {

        Payments(boolean notes) {
            super("payments", notes);
        }

        @Override
        protected Payment record(int number) {
            return ReceiptFixture.payment("inpay_" + number, ReceiptFixture.part(number, "12.50"))
                    .status(Payment.Status.PENDING)
                    .build();
        }

        @Override
        protected Payment changed(Payment record) {
            return ReceiptFixture.payment("inpay_1", ReceiptFixture.part(1, "12.50"))
                    .build();
        }

        @Override
        protected Payment refused(int number) {
            return ReceiptFixture.payment("inpay_" + number).build();
        }
    }

    abstract static class Refunds extends Receipts<Refund> {

        Refunds(boolean notes) {
            super("refunds", notes);
        }

        @Override
        protected Refund record(int number) {
            return ReceiptFixture.refund("re_" + number, "inpay_" + number, "12.50")
                    .status(Refund.Status.PENDING)
                    .build();
        }

        @Override
        protected Refund changed(Refund record) {
            return ReceiptFixture.refund("re_1", "inpay_1", "12.50").build();
        }

        @Override
        protected Refund refused(int number) {
            return ReceiptFixture.refund("re_" + number, "inpay_" + number, "1")
                    .amount(Money.of("1", "EUR"))
                    .build();
        }
    }

    abstract static class Disputes extends Receipts<Dispute> {

        Disputes(boolean notes) {
            super("disputes", notes);
        }

        @Override
        protected Dispute record(int number) {
            return ReceiptFixture.dispute("du_" + number, "inpay_" + number, "12.50")
                    .build();
        }

        @Override
        protected Dispute changed(Dispute record) {
            return ReceiptFixture.dispute("du_1", "inpay_1", "12.50")
                    .status(Dispute.Status.LOST)
                    .build();
        }

        @Override
        protected Dispute refused(int number) {
            return ReceiptFixture.dispute("du_" + number, "inpay_" + number, "1")
                    .amount(Money.of("1", "EUR"))
                    .build();
        }
    }

    @Nested
    class PaymentsInFields extends Payments {
        PaymentsInFields() {
            super(false);
        }
    }

    @Nested
    class PaymentsInNotes extends Payments {
        PaymentsInNotes() {
            super(true);
        }
    }

    @Nested
    class RefundsInFields extends Refunds {
        RefundsInFields() {
            super(false);
        }
    }

    @Nested
    class RefundsInNotes extends Refunds {
        RefundsInNotes() {
            super(true);
        }
    }

    @Nested
    class DisputesInFields extends Disputes {
        DisputesInFields() {
            super(false);
        }
    }

    @Nested
    class DisputesInNotes extends Disputes {
        DisputesInNotes() {
            super(true);
        }
    }
}
