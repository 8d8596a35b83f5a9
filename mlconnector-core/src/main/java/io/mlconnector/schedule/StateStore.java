package io.mlconnector.schedule;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of schedules in the ledger, as notes beside those of the flow. They have a lease of their own that is held for one
 * transaction, so that a flow can be paused while another process runs it. Safe for threads.
 */
final class StateStore {

    private static final int TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Ledger ledger;
    private final InstantSource clock;
    private final Sleeper sleeper;

    StateStore(Ledger ledger, InstantSource clock, Sleeper sleeper) {
        this.ledger = ledger;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    FlowState read(String flow) {
        return FlowState.of(ledger.lookUp(tx -> tx.positions().notes(place(flow))));
    }

    FlowState ran(String flow, Instant began, Instant ended, boolean well) {
        return change(flow, state -> state.ran(began, ended, well), null);
    }

    void pause(String flow, String person) {
        change(flow, state -> state.paused(person), "paused by " + person);
    }

    void resume(String flow, String person) {
        change(flow, state -> state.paused(null), "resumed by " + person);
    }

    /** One thread at a time: a second lease of the same process would end the first. */
    private synchronized FlowState change(String flow, UnaryOperator<FlowState> how, @Nullable String audited) {
        Lease lease = acquire(place(flow));
        try {
            return ledger.inTransaction(lease, tx -> {
                FlowState next = how.apply(FlowState.of(tx.positions().notes(lease.flow())));
                tx.positions().save(lease.flow(), new Notes(next.notes()));
                if (audited != null) {
                    audit(tx, flow, audited);
                }
                return next;
            });
        } finally {
            ledger.release(lease);
        }
    }

    /** Another process holds it for a moment at most. */
    private Lease acquire(String place) {
        for (int i = 1; ; i++) {
            try {
                return ledger.acquire(place);
            } catch (LedgerException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
            try {
                sleeper.sleep(BETWEEN_TRIES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerException("interrupted while waiting for " + place, Details.NONE, e);
            }
        }
    }

    /** No flow can have this name. */
    private static String place(String flow) {
        return "schedule of " + flow;
    }

    private void audit(LedgerTransaction tx, String flow, String detail) {
        tx.audit()
                .append(List.of(new AuditEntry(
                        flow,
                        UUID.randomUUID().toString(),
                        new RecordKey("ledger", "schedules", flow),
                        null,
                        null,
                        null,
                        Map.of(),
                        "",
                        0,
                        AuditEntry.Outcome.SETTLED,
                        detail,
                        null,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS))));
    }
}
