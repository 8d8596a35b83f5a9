package io.mlconnector.syspro;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Both sources, in every way of finding changes. */
class SourceContractTest {

    abstract static class Tables<T extends BusinessRecord> extends SourceContract<T> {

        final Fixture fixture;
        private final String entity;

        Tables(String entity, SysproSandbox.Builder builder, String changes) {
            this.entity = entity;
            fixture = new Fixture(builder).with("pageSize", 2).with("changes", changes);
        }

        @AfterEach
        void stop() {
            fixture.close();
        }

        @Override
        protected Source<T> source() {
            return fixture.source(entity);
        }

        RecordKey key(String id) {
            return new RecordKey("syspro", entity, id);
        }
    }

    abstract static class Customers extends Tables<Customer> {

        Customers(SysproSandbox.Builder builder, String changes) {
            super("customers", builder, changes);
        }

        @Override
        protected List<RecordKey> seven() {
            return IntStream.rangeClosed(12, 18)
                    .mapToObj(number -> {
                        fixture.customer("0000000000000" + number, "Customer " + number);
                        return key("0000000000000" + number);
                    })
                    .toList();
        }

        @Override
        protected RecordKey changeOne() {
            fixture.sandbox.advance(Duration.ofHours(1));
            fixture.sandbox.put("ArCustomer", Map.of("Customer", "000000000000015", "Name", "Changed (Pty) Ltd"));
            return key("000000000000015");
        }
    }

    abstract static class Invoices extends Tables<Invoice> {

        Invoices(SysproSandbox.Builder builder, String changes) {
            super("invoices", builder, changes);
        }

        @Override
        protected List<RecordKey> seven() {
            return IntStream.rangeClosed(1, 7)
                    .mapToObj(number -> {
                        fixture.invoice(number, number + "00.00");
                        fixture.line(Fixture.CUSTOMER, Fixture.number(number), 1, number + "00.00", "0");
                        return key(Fixture.id(number));
                    })
                    .toList();
        }

        @Override
        protected RecordKey changeOne() {
            fixture.sandbox.advance(Duration.ofHours(1));
            fixture.sandbox.put(
                    "ArInvoice",
                    Map.of(
                            "Customer",
                            Fixture.CUSTOMER,
                            "Invoice",
                            Fixture.number(4),
                            "DocumentType",
                            "I",
                            "TermsCode",
                            "60"));
            return key(Fixture.id(4));
        }
    }

    @Nested
    class CustomersByRowVersion extends Customers {
        CustomersByRowVersion() {
            super(SysproSandbox.builder(), "auto");
        }
    }

    @Nested
    class CustomersByModifiedDate extends Customers {
        CustomersByModifiedDate() {
            super(SysproSandbox.builder().versionsAsBytes().modifiedDates(), "auto");
        }
    }

    @Nested
    class CustomersByScan extends Customers {
        CustomersByScan() {
            super(SysproSandbox.builder().versionsAsBytes(), "auto");
        }
    }

    @Nested
    class InvoicesByRowVersion extends Invoices {
        InvoicesByRowVersion() {
            super(SysproSandbox.builder(), "row-version");
        }
    }

    @Nested
    class InvoicesByModifiedDate extends Invoices {
        InvoicesByModifiedDate() {
            super(SysproSandbox.builder().modifiedDates(), "dates");
        }
    }

    @Nested
    class InvoicesByTheirDateAndWhatIsOpen extends Invoices {
        InvoicesByTheirDateAndWhatIsOpen() {
            super(SysproSandbox.builder().versionsAsBytes(), "auto");
        }
    }

    @Nested
    class InvoicesFromAServerThatCutsPages extends Invoices {
        InvoicesFromAServerThatCutsPages() {
            super(SysproSandbox.builder().pageLimit(1), "scan");
        }
    }
}
