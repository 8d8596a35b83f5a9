package io.mlconnector.ifs;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A sandbox with vouchers, a connection that records payments in it, and payments. All share one clock. */
final class ReceiptFixture implements AutoCloseable {

    static final Instant PAID_AT = Instant.parse("2026-01-19T08:30:00Z");

    private final ManualClock serverClock = new ManualClock(TestConnection.NOW);
    final Map<RecordKey, TargetRef> links = new ConcurrentHashMap<>();
    final References references = key -> Optional.ofNullable(links.get(key));
    final IfsSandbox sandbox = IfsSandbox.builder().clock(serverClock).start();
    final TestConnection connection = TestConnection.to(sandbox).onClock(serverClock);

    private final boolean notes;
    private int writes;

    ReceiptFixture(boolean notes) {
        this.notes = notes;
        if (notes) {
            connection.with("receipts", Map.of("record", "notes"));
        }
    }

    ManualClock clock() {
        return serverClock;
    }

    <T extends BusinessRecord> Sink<T> sink(String entity) {
        return connection.sink(entity);
    }

    /** A voucher over 3874.99 SEK with the number CD 100 and the number, long unchanged and linked to {@code in_} and the number. */
    void voucher(int number) {
        unlinkedVoucher(number);
        links.put(invoice(number), TargetRef.of(id(number)));
    }

    void unlinkedVoucher(int number) {
        Map<String, Object> row = Samples.changed(Samples.voucher("P" + number, number), "InvoiceNo", "100" + number);
        row.put("LastModificationTime", "2026-01-20T08:53:20Z");
        sandbox.put("VoucherSet", row);
    }

    static String id(int number) {
        return "10|F|2026|" + number;
    }

    static RecordKey invoice(int number) {
        return new RecordKey("stripe-test", "invoices", "in_" + number);
    }

    static RecordKey paymentKey(String id) {
        return new RecordKey("stripe-test", "payments", id);
    }

    static Allocation part(int number, String amount) {
        return new Allocation(invoice(number), "CD 100" + number, Money.of(amount, "SEK"));
    }

    static Payment.Builder payment(String id, Allocation... parts) {
        Money sum = Arrays.stream(parts)
                .map(Allocation::amount)
                .reduce(
                        Money.zero("SEK"),
                        (one, other) -> other.plus(
                                one.currency().equals(other.currency()) ? one : Money.zero(other.currency())));
        return Payment.builder()
                .key(paymentKey(id))
                .reference("ch_" + id)
                .allocations(List.of(parts))
                .amount(sum)
                .paidAt(PAID_AT)
                .method("card")
                .status(Payment.Status.SUCCEEDED);
    }

    static Refund.Builder refund(String id, String payment, String amount) {
        return Refund.builder()
                .key(new RecordKey("stripe-test", "refunds", id))
                .payment(paymentKey(payment))
                .amount(Money.of(amount, "SEK"))
                .refundedAt(PAID_AT.plusSeconds(86_400))
                .status(Refund.Status.SUCCEEDED);
    }

    static Dispute.Builder dispute(String id, String payment, String amount) {
        return Dispute.builder()
                .key(new RecordKey("stripe-test", "disputes", id))
                .payment(paymentKey(payment))
                .amount(Money.of(amount, "SEK"))
                .openedAt(PAID_AT.plusSeconds(2 * 86_400))
                .status(Dispute.Status.NEEDS_RESPONSE);
    }

    <T extends BusinessRecord> Write.Create<T> create(T record) {
        return new Write.Create<>(record, nextKey(), references, serverClock.instant(), null);
    }

    <T extends BusinessRecord> Write.Update<T> update(T record, TargetRef target) {
        return new Write.Update<>(record, target, Set.of("status"), nextKey(), references, serverClock.instant());
    }

    <T extends BusinessRecord> Write.Remove<T> remove(T record, TargetRef target) {
        return new Write.Remove<>(record.key(), target, nextKey(), serverClock.instant());
    }

    private IdempotencyKey nextKey() {
        return new IdempotencyKey("test-" + ++writes);
    }

    /** Writes one record and keeps its link. */
    <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, T record) {
        return write(sink, create(record));
    }

    <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        WriteOutcome outcome = sink.write(List.of(write)).get(0);
        if (outcome instanceof WriteOutcome.Applied applied) {
            links.put(write.key(), applied.target());
        }
        return outcome;
    }

    IfsRow row(int number) {
        return sandbox.row("VoucherSet", "10", "F", 2026, (long) number).orElseThrow();
    }

    String status(int number) {
        return row(number).text("Cf_Payment_Status");
    }

    List<String> noteTexts() {
        return sandbox.rows("FinNotes").stream().map(note -> note.text("Text")).toList();
    }

    /** How often a record is recorded, over all vouchers. */
    int documents(RecordKey key) {
        if (notes) {
            return (int) noteTexts().stream()
                    .filter(text -> text.contains("/" + key.id() + " "))
                    .map(text -> text.substring(text.indexOf("[mlc:")).split(" ", -1)[2])
                    .distinct()
                    .count();
        }
        String all = sandbox.rows("VoucherSet").stream()
                .filter(row -> row.has("Cf_Stripe_Entries"))
                .map(row -> row.text("Cf_Stripe_Entries"))
                .collect(Collectors.joining("; "));
        return (int) Arrays.stream(all.split("; ", -1))
                .filter(entry -> entry.contains("/" + key.id() + " "))
                .count();
    }

    void loseNextAnswer() {
        sandbox.failNext(
                1,
                request -> request.method().equals("PATCH")
                        || (request.path().endsWith("/FinNotesArray") && request.isWrite()),
                IfsFault.answerLost());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
