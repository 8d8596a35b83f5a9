package io.mlconnector.cloudsuite;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandboxBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Both sources, on each kind of tenant. */
class SourceContractTest {

    abstract static class OnTenant<T extends BusinessRecord> extends SourceContract<T> {

        final Tenant tenant;
        private final String entity;

        OnTenant(String entity, UnaryOperator<CloudSuiteSandboxBuilder> kind) {
            this.entity = entity;
            this.tenant = new Tenant(kind).with("pageSize", 3);
        }

        @AfterEach
        void stop() {
            tenant.close();
        }

        @Override
        protected Source<T> source() {
            return tenant.source(entity);
        }
    }

    abstract static class Customers extends OnTenant<Customer> {

        Customers(UnaryOperator<CloudSuiteSandboxBuilder> kind) {
            super("customers", kind);
        }

        @Override
        protected List<RecordKey> seven() {
            var keys = new ArrayList<RecordKey>();
            for (int number = 1; number <= 7; number++) {
                tenant.sandbox.customer("C00" + number);
                keys.add(new RecordKey("m3-test", "customers", "C00" + number));
            }
            return keys;
        }

        @Override
        protected RecordKey changeOne() {
            tenant.clock.sleep(Duration.ofHours(1));
            tenant.sandbox.customer("C004", "CUNM", "Another name");
            return new RecordKey("m3-test", "customers", "C004");
        }
    }

    abstract static class Invoices extends OnTenant<Invoice> {

        Invoices(UnaryOperator<CloudSuiteSandboxBuilder> kind) {
            super("invoices", kind);
        }

        @Override
        protected List<RecordKey> seven() {
            var keys = new ArrayList<RecordKey>();
            for (int number = 1; number <= 7; number++) {
                tenant.sandbox.invoice(
                        "C1",
                        "100" + number,
                        2026,
                        List.of(Map.of("IVRF", "1", "ORNO", "0010000001", "AMT2", "100.00", "VTAM", "20.00")),
                        "CUAM",
                        "120.00",
                        "VTAM",
                        "20.00");
                keys.add(new RecordKey("m3-test", "invoices", Tenant.invoiceId(number)));
            }
            return keys;
        }

        @Override
        protected RecordKey changeOne() {
            tenant.clock.sleep(Duration.ofHours(1));
            tenant.sandbox.invoice("C1", "1004", 2026, "RECO", "9", "OCUA", "0.00");
            return new RecordKey("m3-test", "invoices", Tenant.invoiceId(4));
        }
    }

    @Nested
    class CustomersOfAStandardTenant extends Customers {
        CustomersOfAStandardTenant() {
            super(builder -> builder);
        }
    }

    @Nested
    class CustomersInPaddedValues extends Customers {
        CustomersInPaddedValues() {
            super(CloudSuiteSandboxBuilder::withPaddedValues);
        }
    }

    @Nested
    class CustomersWhereTheTimeIsIgnored extends Customers {
        CustomersWhereTheTimeIsIgnored() {
            super(CloudSuiteSandboxBuilder::withListsThatIgnoreTime);
        }
    }

    @Nested
    class InvoicesOfAStandardTenant extends Invoices {
        InvoicesOfAStandardTenant() {
            super(builder -> builder);
        }
    }

    @Nested
    class InvoicesInPaddedValues extends Invoices {
        InvoicesInPaddedValues() {
            super(CloudSuiteSandboxBuilder::withPaddedValues);
        }
    }

    @Nested
    class InvoicesByApsPrograms extends Invoices {
        InvoicesByApsPrograms() {
            super(CloudSuiteSandboxBuilder::withApsPrograms);
        }
    }
}
