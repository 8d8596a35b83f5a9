package io.mlconnector.syspro;

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
import io.mlconnector.testkit.syspro.SysproFault;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every sink, in every form of posting, over both transports. */
class ReceiptSinkContractTest {

    abstract static class Receipts<T extends BusinessRecord> extends SinkContract<T> {

        final Fixture fixture;
        private final String entity;

        Receipts(String entity, SysproSandbox.Builder builder) {
            this.entity = entity;
            fixture = new Fixture(builder);
            for (int number = 1; number <= 3; number++) {
                fixture.invoice(number, "12.50");
                fixture.links.put(
                        Fixture.paymentKey(number),
                        TargetRef.of(Fixture.paymentKey(number).id() + "@" + Fixture.id(number) + "=12.50"));
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
        protected int documents(RecordKey key) {
            return fixture.postings(key).size();
        }

        @Override
        protected void loseNextAnswer() {
            fixture.sandbox.failNextPosts(1, SysproFault.answerLost());
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

    abstract static class Payments extends Receipts<Payment> {

        Payments(SysproSandbox.Builder builder) {
            super("payments", builder);
        }

        @Override
        protected Payment record(int number) {
            return Fixture.payment(number, "12.50").build();
        }

        @Override
        protected Payment changed(Payment record) {
            return Fixture.payment(1, "12.50").fee(Money.of("0.36", "ZAR")).build();
        }

        @Override
        protected String changedField() {
            return "fee";
        }

        @Override
        protected Payment refused(int number) {
            return Fixture.payment(number, "12.50").allocations(List.of()).build();
        }
    }

    abstract static class Refunds extends Receipts<Refund> {

        Refunds(String form) {
            super("refunds", SysproSandbox.builder());
            fixture.receipt("refunds", form).receipt("productClass", "MISC");
        }

        @Override
        protected Refund record(int number) {
            return Fixture.refund(number, "12.50").build();
        }

        @Override
        protected Refund changed(Refund record) {
            return Fixture.refund(1, "12.50").reason("duplicate").build();
        }

        @Override
        protected String changedField() {
            return "reason";
        }

        @Override
        protected Refund refused(int number) {
            return Fixture.refund(number, "1").amount(Money.of("1", "EUR")).build();
        }
    }

    @Nested
    class PaymentsByRest extends Payments {
        PaymentsByRest() {
            super(SysproSandbox.builder().withoutSoap());
        }
    }

    @Nested
    class PaymentsBySoap extends Payments {
        PaymentsBySoap() {
            super(SysproSandbox.builder());
        }
    }

    @Nested
    class RefundsAsNegativeReceipts extends Refunds {
        RefundsAsNegativeReceipts() {
            super("negative-receipt");
        }
    }

    @Nested
    class RefundsAsAdjustments extends Refunds {
        RefundsAsAdjustments() {
            super("adjustment");
        }
    }

    @Nested
    class RefundsAsDebitNotes extends Refunds {
        RefundsAsDebitNotes() {
            super("debit-note");
        }
    }

    @Nested
    class LostDisputes extends Receipts<Dispute> {

        LostDisputes() {
            super("disputes", SysproSandbox.builder());
            fixture.receipt("disputes", "negative-receipt");
        }

        @Override
        protected Dispute record(int number) {
            return Fixture.dispute(number, "12.50").build();
        }

        @Override
        protected Dispute changed(Dispute record) {
            return Fixture.dispute(1, "12.50").reason("fraudulent").build();
        }

        @Override
        protected String changedField() {
            return "reason";
        }

        @Override
        protected Dispute refused(int number) {
            return Fixture.dispute(number, "1").amount(Money.of("1", "EUR")).build();
        }
    }
}
