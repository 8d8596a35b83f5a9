package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.reconcile.Drift;
import io.mlconnector.reconcile.InvoiceStanding;
import io.mlconnector.reconcile.Reconciliation;
import io.mlconnector.reconcile.Standing;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTest {

    private static final Instant DAY = Instant.parse("2026-03-02T09:00:00Z");

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeErp erp = new FakeErp();
    private final PayingBank bank = new PayingBank();
    private final SyncEngine engine = SyncEngine.builder()
            .ledger(ledger)
            .addConnection(erp)
            .addConnection(bank)
            .addFlow(Flow.of("customers", Customer.class)
                    .from("erp/customers")
                    .to("bank/customers")
                    .build())
            .addFlow(Flow.of("invoices", Invoice.class)
                    .from("erp/invoices")
                    .to("bank/invoices")
                    .build())
            .clock(time)
            .sleeper(time)
            .random(new Random(7))
            .build();

    @BeforeEach
    void sendOneInvoiceOfAHundred() {
        erp.customers.put(FakeErp.customer("c", "Müller"));
        erp.invoices.put(FakeErp.invoice("1", "c", "100.00"));
        engine.runAll();
    }

    private InvoiceStanding first() {
        return engine.reconcile("invoices").invoices().get(0);
    }

    @Test
    void countsAnInvoiceWithoutPaymentAsOpen() {
        assertThat(first().standing()).isEqualTo(Standing.OPEN);
        assertThat(first().outstanding()).isEqualTo(Money.of("100.00", "EUR"));
    }

    @Test
    void matchesAPaymentAndShowsWhatWasDone() {
        bank.pay("p1", "I-1", "100.00", "EUR", Payment.Status.SUCCEEDED);

        InvoiceStanding standing = first();

        assertThat(standing.standing()).isEqualTo(Standing.MATCHED);
        assertThat(standing.outstanding().amount()).isZero();
        assertThat(standing.entries()).hasSize(1);
        assertThat(standing.audit())
                .singleElement()
                .satisfies(entry -> assertThat(entry.target()).isEqualTo(standing.counterpart()));
    }

    @Test
    void addsUpPartPaymentsAndTellsTheRest() {
        bank.pay("p1", "I-1", "30.00", "EUR", Payment.Status.SUCCEEDED);
        bank.pay("p2", "I-1", "30.00", "EUR", Payment.Status.SUCCEEDED);
        bank.pay("p3", "I-1", "40.00", "EUR", Payment.Status.FAILED);

        assertThat(first().standing()).isEqualTo(Standing.PART_PAID);
        assertThat(first().reasons()).contains("payment p3 of 40.00 EUR is failed", "40.00 EUR is still to be paid");
    }

    @Test
    void seesAnOverpaymentARefundAndADispute() {
        bank.pay("p1", "I-1", "120.00", "EUR", Payment.Status.SUCCEEDED);
        assertThat(first().standing()).isEqualTo(Standing.OVER_PAID);

        bank.refunds.add(Refund.builder()
                .key(new RecordKey("bank", "refunds", "r1"))
                .payment(new RecordKey("bank", "payments", "p1"))
                .amount(Money.of("20.00", "EUR"))
                .refundedAt(DAY)
                .status(Refund.Status.SUCCEEDED)
                .build());
        assertThat(first().standing()).isEqualTo(Standing.REFUNDED);
        assertThat(first().outstanding().amount()).isEqualByComparingTo("0.00");

        bank.dispute(Dispute.Status.NEEDS_RESPONSE);
        assertThat(first().standing()).isEqualTo(Standing.DISPUTED);
        assertThat(first().disputed()).isEqualTo(Money.of("100.00", "EUR"));

        bank.dispute(Dispute.Status.WON);
        assertThat(first().standing()).isEqualTo(Standing.REFUNDED);
        assertThat(first().reasons()).contains("dispute d1 over 100.00 EUR was won");
    }

    @Test
    void listsMoneyThatFitsNoInvoice() {
        bank.pay("p1", "I-77", "5.00", "EUR", Payment.Status.SUCCEEDED);
        bank.payments.add(bank.payment("p2", "6.00", "EUR", Payment.Status.SUCCEEDED, List.of()));

        Reconciliation reconciliation = engine.reconcile("invoices");

        assertThat(reconciliation.unmatched())
                .extracting(unmatched -> unmatched.entry().key().id() + ": " + unmatched.reason())
                .containsExactlyInAnyOrder(
                        "p1: the invoice I-77 belongs to no record here", "p2: the payment names no invoice");
    }

    @Test
    void doesNotAddWhatIsInAnotherCurrency() {
        bank.pay("p1", "I-1", "100.00", "USD", Payment.Status.SUCCEEDED);

        assertThat(first().standing()).isEqualTo(Standing.OPEN);
        assertThat(first().reasons().get(0)).contains("another currency");
    }

    @Test
    void countsWhatTheTargetSettledWithoutAPaymentAsMatched() {
        bank.edit("I-1", "100.00", Invoice.Status.PAID);

        assertThat(first().standing()).isEqualTo(Standing.MATCHED);
        assertThat(first().reasons().get(0)).contains("without a payment");
    }

    @Test
    void listsWhatHasDriftedApart() {
        for (int i = 2; i <= 4; i++) {
            erp.invoices.put(FakeErp.invoice("" + i, "c", "100.00"));
            engine.run("invoices");
        }
        bank.store.invoices.documents.remove("I-1");
        bank.edit("I-2", "90.00", Invoice.Status.OPEN);
        bank.duplicate("I-3", "I-99");
        bank.duplicate("I-3", "I-98", "erp/invoices/500");
        erp.invoices.listOnly(List.of(
                FakeErp.invoice("1", "c", "100.00"),
                FakeErp.invoice("2", "c", "100.00"),
                FakeErp.invoice("3", "c", "100.00")));

        Reconciliation reconciliation = engine.reconcile("invoices");

        assertThat(reconciliation.drift())
                .extracting(drift -> drift.kind() + " " + drift.source())
                .containsExactlyInAnyOrder(
                        Drift.Kind.TARGET_GONE + " erp/invoices/1",
                        Drift.Kind.AMOUNT_DIFFERS + " erp/invoices/2",
                        Drift.Kind.DOUBLED + " erp/invoices/3",
                        Drift.Kind.ORPHAN_LINK + " erp/invoices/4",
                        Drift.Kind.UNLINKED + " erp/invoices/500");
    }

    @Test
    void writesAPageThatCannotBeBrokenByWhatRecordsHold(@TempDir Path folder) throws Exception {
        erp.invoices.put(Invoice.builder()
                .key(new RecordKey("erp", "invoices", "9"))
                .number("</script><script>alert(1)</script>")
                .customer(new RecordKey("erp", "customers", "c"))
                .net(Money.of("1.00", "EUR"))
                .tax(Money.zero("EUR"))
                .total(Money.of("1.00", "EUR"))
                .status(Invoice.Status.OPEN)
                .build());

        Reconciliation reconciliation = engine.reconcile("invoices");
        Path file = folder.resolve("reconciliation.html");
        reconciliation.writeHtml(file);

        assertThat(file).content().doesNotContain("<script>alert").contains("\\u003c/script>");
        assertThat(reconciliation.toHtml()).doesNotContain("http://").doesNotContain("https://");
        assertThat(reconciliation.toCsv().lines()).hasSize(3);
        assertThat(reconciliation.toJson()).contains("\"standing\":\"not-sent\"");
    }

    @Test
    void writesNoFormulaIntoASpreadsheet() {
        erp.invoices.put(FakeErp.invoice("=HYPERLINK(1)", "c", "1.00"));

        assertThat(engine.reconcile("invoices").toCsv()).contains(",'=HYPERLINK(1),");
    }

    @Test
    void refusesAFlowThatCarriesNoInvoices() {
        assertThatThrownBy(() -> engine.reconcile("customers"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flow customers carries Customer");
    }

    /** The bank, with what it knows of payments. */
    private static final class PayingBank implements Connector {

        private final FakeBank store = new FakeBank();
        private final List<Payment> payments = new ArrayList<>();
        private final List<Refund> refunds = new ArrayList<>();
        private final List<Dispute> disputes = new ArrayList<>();

        void pay(String id, String invoice, String amount, String currency, Payment.Status status) {
            payments.add(payment(
                    id,
                    amount,
                    currency,
                    status,
                    List.of(new Allocation(
                            new RecordKey("bank", "invoices", invoice), null, Money.of(amount, currency)))));
        }

        Payment payment(
                String id, String amount, String currency, Payment.Status status, List<Allocation> allocations) {
            return Payment.builder()
                    .key(new RecordKey("bank", "payments", id))
                    .allocations(allocations)
                    .amount(Money.of(amount, currency))
                    .paidAt(DAY)
                    .status(status)
                    .build();
        }

        void dispute(Dispute.Status status) {
            disputes.clear();
            disputes.add(Dispute.builder()
                    .key(new RecordKey("bank", "disputes", "d1"))
                    .invoice(new RecordKey("bank", "invoices", "I-1"))
                    .amount(Money.of("100.00", "EUR"))
                    .openedAt(DAY)
                    .status(status)
                    .build());
        }

        void edit(String id, String total, Invoice.Status status) {
            Invoice invoice = (Invoice) requireNonNull(store.invoices.documents.get(id));
            store.invoices.documents.put(id, copy(invoice, invoice.key().toString(), total, status));
        }

        void duplicate(String id, String copy) {
            duplicate(id, copy, null);
        }

        void duplicate(String id, String copy, @org.jspecify.annotations.Nullable String origin) {
            Invoice invoice = (Invoice) requireNonNull(store.invoices.documents.get(id));
            store.invoices.documents.put(
                    copy,
                    copy(invoice, origin == null ? invoice.key().toString() : origin, "100.00", Invoice.Status.OPEN));
        }

        private static Invoice copy(Invoice invoice, String origin, String total, Invoice.Status status) {
            return Invoice.builder()
                    .key(invoice.key())
                    .number(invoice.number())
                    .customer(invoice.customer())
                    .net(Money.of(total, "EUR"))
                    .tax(Money.zero("EUR"))
                    .total(Money.of(total, "EUR"))
                    .status(status)
                    .attributes(Attributes.of(Map.of("mlc_key", origin)))
                    .build();
        }

        private List<Invoice> invoices() {
            var invoices = new ArrayList<Invoice>();
            store.invoices.documents.forEach((id, document) -> {
                Invoice invoice = (Invoice) document;
                String origin = invoice.attributes()
                        .asMap()
                        .getOrDefault("mlc_key", invoice.key().toString());
                Invoice shown = copy(invoice, origin, invoice.total().amount().toPlainString(), invoice.status());
                invoices.add(Invoice.builder()
                        .key(new RecordKey("bank", "invoices", id))
                        .number(shown.number())
                        .customer(shown.customer())
                        .net(shown.net())
                        .tax(shown.tax())
                        .total(shown.total())
                        .status(shown.status())
                        .attributes(shown.attributes())
                        .build());
            });
            return invoices;
        }

        @Override
        public String connection() {
            return "bank";
        }

        @Override
        public Set<String> readable() {
            return Set.of("invoices", "payments", "refunds", "disputes");
        }

        @Override
        public Set<String> writable() {
            return store.writable();
        }

        @Override
        public Source<?> source(String entity, SourceContext context) {
            return switch (entity) {
                case "payments" -> new Listed<>(Payment.class, payments);
                case "refunds" -> new Listed<>(Refund.class, refunds);
                case "disputes" -> new Listed<>(Dispute.class, disputes);
                default -> new Listed<>(Invoice.class, invoices());
            };
        }

        @Override
        public Sink<?> sink(String entity) {
            return store.sink(entity);
        }

        @Override
        public List<Finding> check(Set<String> entities) {
            return List.of(Finding.ok("bank", "there"));
        }

        @Override
        public ConnectionStats stats() {
            return ConnectionStats.NONE;
        }

        @Override
        public void close() {}
    }

    private record Listed<T extends BusinessRecord>(Class<T> type, List<T> records) implements Source<T> {

        @Override
        public Page<T> poll(Position from) {
            int start = from.isStart() ? 0 : Integer.parseInt(from.value());
            int end = Math.min(records.size(), start + 2);
            List<Change<T>> changes = records.subList(start, end).stream()
                    .map(record -> Change.upsert(record, null, null))
                    .toList();
            return Page.of(changes, new Position("" + end), end == records.size());
        }

        @Override
        public Optional<Change<T>> fetch(String id) {
            return records.stream()
                    .filter(record -> record.key().id().equals(id))
                    .findFirst()
                    .map(record -> Change.upsert(record, null, null));
        }
    }
}
