package io.mlconnector.cloudsuite;

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
import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every sink, by the programs of a standard tenant and by those that post at once. */
class MoneySinkContractTest {

    abstract static class OnTenant<T extends BusinessRecord> extends SinkContract<T> {

        final Tenant tenant;
        private final String entity;

        OnTenant(String entity, Tenant tenant) {
            this.entity = entity;
            this.tenant = tenant;
            for (int number = 1; number <= 3; number++) {
                tenant.invoice(number);
                tenant.links.put(
                        Tenant.paymentKey("inpay_" + number),
                        TargetRef.of("inpay_" + number + "@" + Tenant.invoiceId(number)));
            }
        }

        @AfterEach
        void stop() {
            tenant.close();
        }

        @Override
        protected Sink<T> sink() {
            return tenant.sink(entity);
        }

        @Override
        protected String changedField() {
            return "method";
        }

        @Override
        protected int documents(RecordKey key) {
            return tenant.lines(key);
        }

        @Override
        protected void loseNextAnswer() {
            tenant.sandbox.failNextWrite(CloudSuiteFault.timeoutAfterEffect());
        }

        @Override
        protected References references() {
            return tenant.references;
        }

        @Override
        protected Instant now() {
            return tenant.clock.instant();
        }
    }

    abstract static class Payments extends OnTenant<Payment> {

        Payments(Tenant tenant) {
            super("payments", tenant);
        }

        @Override
        protected Payment record(int number) {
            return Tenant.payment("inpay_" + number, Tenant.part(number, "12.50"))
                    .fee(Money.of("0.50", "EUR"))
                    .build();
        }

        @Override
        protected Payment changed(Payment record) {
            return Tenant.payment(record.key().id(), Tenant.part(1, "12.50"))
                    .fee(Money.of("0.50", "EUR"))
                    .method("sepa_debit")
                    .build();
        }

        @Override
        protected Payment refused(int number) {
            return Tenant.payment("inpay_" + number, Tenant.part(number, "500.00"))
                    .build();
        }
    }

    abstract static class Refunds extends OnTenant<Refund> {

        Refunds(Tenant tenant) {
            super("refunds", tenant);
        }

        @Override
        protected Refund record(int number) {
            return Tenant.refund("re_" + number, "inpay_" + number, "12.50").build();
        }

        @Override
        protected Refund changed(Refund record) {
            return Tenant.refund(record.key().id(), "inpay_1", "12.50")
                    .reason("duplicate")
                    .build();
        }

        @Override
        protected Refund refused(int number) {
            return Tenant.refund("re_" + number, "inpay_" + number, "1")
                    .amount(Money.of("1", "SEK"))
                    .build();
        }
    }

    abstract static class Disputes extends OnTenant<Dispute> {

        Disputes(Tenant tenant) {
            super("disputes", tenant);
        }

        @Override
        protected Dispute record(int number) {
            return Tenant.dispute("du_" + number, "inpay_" + number, "12.50").build();
        }

        @Override
        protected Dispute changed(Dispute record) {
            return Tenant.dispute(record.key().id(), "inpay_1", "12.50")
                    .reason("fraudulent")
                    .build();
        }

        @Override
        protected Dispute refused(int number) {
            return Tenant.dispute("du_" + number, "inpay_" + number, "1")
                    .amount(Money.of("1", "SEK"))
                    .build();
        }
    }

    @Nested
    class PaymentsOfAStandardTenant extends Payments {
        PaymentsOfAStandardTenant() {
            super(new Tenant());
        }
    }

    @Nested
    class PaymentsByApsPrograms extends Payments {
        PaymentsByApsPrograms() {
            super(Tenant.withAps());
        }
    }

    @Nested
    class RefundsOfAStandardTenant extends Refunds {
        RefundsOfAStandardTenant() {
            super(new Tenant());
        }
    }

    @Nested
    class RefundsByApsPrograms extends Refunds {
        RefundsByApsPrograms() {
            super(Tenant.withAps());
        }
    }

    @Nested
    class DisputesOfAStandardTenant extends Disputes {
        DisputesOfAStandardTenant() {
            super(new Tenant());
        }
    }

    @Nested
    class DisputesByApsPrograms extends Disputes {
        DisputesByApsPrograms() {
            super(Tenant.withAps());
        }
    }
}
