package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Invoices that go from IFS to Stripe, and short ways to write and read them. */
final class Samples {

    static final Endpoint TARGET = new Endpoint("stripe", "invoices");

    private Samples() {}

    static List<RecordKey> sources(int count) {
        return IntStream.range(0, count).mapToObj(Samples::source).toList();
    }

    static RecordKey source(int number) {
        return new RecordKey("ifs", "invoices", "" + number);
    }

    static List<Link> links(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Link(source(i), TARGET.key("in_" + i), null, Fingerprint.none(), Instant.EPOCH))
                .toList();
    }

    static List<Intent> intents(String flow, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Intent(
                        flow,
                        source(i),
                        TARGET,
                        null,
                        Action.CREATE,
                        new IdempotencyKey("key-" + i),
                        "{}",
                        Fingerprint.none(),
                        Set.of(),
                        Instant.EPOCH,
                        1,
                        null))
                .toList();
    }

    static List<AuditEntry> entries(String flow, int count) {
        return IntStream.range(0, count).mapToObj(i -> entry(flow, i)).toList();
    }

    static AuditEntry entry(String flow, int number) {
        return new AuditEntry(
                flow,
                "run-1",
                source(number),
                null,
                TARGET.key("in_" + number),
                Action.CREATE,
                Map.of(),
                "m-1",
                1,
                AuditEntry.Outcome.APPLIED,
                null,
                null,
                Instant.EPOCH);
    }

    static void write(JdbcLedger ledger, Lease lease, Consumer<LedgerTransaction> work) {
        ledger.<Boolean>inTransaction(lease, tx -> {
            work.accept(tx);
            return true;
        });
    }

    static void save(JdbcLedger ledger, Lease lease, String position) {
        write(ledger, lease, tx -> tx.positions().save(lease.flow(), new Position(position)));
    }

    static String position(JdbcLedger ledger, String flow) {
        return ledger.read(tx -> tx.positions().position(flow).value());
    }

    /** Raises a flow's position by 1 and appends as many audit entries, all in one transaction. */
    static void countUp(JdbcLedger ledger, Lease lease) {
        write(ledger, lease, tx -> {
            Position before = tx.positions().position(lease.flow());
            int next = before.isStart() ? 1 : Integer.parseInt(before.value()) + 1;
            tx.audit().append(List.of(entry(lease.flow(), next)));
            tx.mappings().put(links(3));
            tx.positions().save(lease.flow(), new Position("" + next));
        });
    }

    static Optional<String> verify(JdbcLedger ledger) {
        return ledger.read(tx -> tx.audit().verify());
    }
}
