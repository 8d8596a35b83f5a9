package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.TargetRef;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a person settles writes of which nobody could tell whether they took effect. Every decision is audited. */
final class DoubtDesk {

    private final Ledger ledger;
    private final InstantSource clock;

    DoubtDesk(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    List<Intent> list(String flow) {
        return ledger.read(tx -> tx.intents().inDoubt(flow));
    }

    /** The write took effect: the record gets its link. */
    void confirm(Lease lease, RecordKey source, String targetId, String person) {
        ledger.inTransaction(lease, tx -> {
            Intent intent = find(tx, lease.flow(), source);
            if (intent.action() == Action.REMOVE) {
                tx.mappings().remove(intent.target(), List.of(source));
            } else {
                tx.mappings()
                        .put(List.of(
                                new Link(source, intent.target().key(targetId), null, intent.fingerprint(), now())));
            }
            tx.deadLetters().remove(lease.flow(), List.of(source));
            return close(tx, intent, targetId, "confirmed by " + person);
        });
    }

    /** The write is given up: the record becomes a dead letter, so that it is not sent again with the same content. */
    void discard(Lease lease, RecordKey source, String person) {
        ledger.inTransaction(lease, tx -> {
            Intent intent = find(tx, lease.flow(), source);
            String reason = "discarded by " + person + " while in doubt: " + intent.doubt();
            tx.deadLetters()
                    .put(List.of(new Letter(
                            lease.flow(),
                            source,
                            Letter.Kind.DEAD,
                            reason,
                            null,
                            intent.payload() == null ? "" : intent.payload(),
                            true,
                            intent.fingerprint().whole(),
                            null,
                            intent.attempts(),
                            now(),
                            now(),
                            null)));
            return close(tx, intent, null, reason);
        });
    }

    private Intent close(LedgerTransaction tx, Intent intent, @Nullable String targetId, String detail) {
        tx.intents().close(intent.flow(), List.of(intent.source()));
        TargetRef known = intent.targetRef();
        String shown = targetId != null || known == null ? targetId : known.id();
        tx.audit()
                .append(List.of(new AuditEntry(
                        intent.flow(),
                        UUID.randomUUID().toString(),
                        intent.source(),
                        null,
                        shown == null ? null : intent.target().key(shown),
                        intent.action(),
                        Map.of(),
                        "",
                        intent.attempts(),
                        AuditEntry.Outcome.SETTLED,
                        detail,
                        null,
                        now())));
        return intent;
    }

    static Intent find(LedgerTransaction tx, String flow, RecordKey source) {
        requireNonNull(source, "source");
        return tx.intents().inDoubt(flow).stream()
                .filter(intent -> intent.source().equals(source))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no write of " + source + " by flow " + flow + " is in doubt"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
