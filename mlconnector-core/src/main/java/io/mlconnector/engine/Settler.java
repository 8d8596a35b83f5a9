package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Commits what became of writes: links, letters, audit and closed intents of a batch in one transaction. The books are
 * written after the commit. For one thread.
 */
final class Settler<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final String run;
    private final Ledger ledger;
    private final Lease lease;
    private final InstantSource clock;
    private final Lineage sourceLineage;
    private final Lineage sinkLineage;
    private final @Nullable TwoWay<T> twoWay;

    Settler(
            Flow<T> flow,
            String run,
            Ledger ledger,
            Lease lease,
            InstantSource clock,
            Lineage sourceLineage,
            Lineage sinkLineage,
            @Nullable TwoWay<T> twoWay) {
        this.flow = flow;
        this.run = run;
        this.ledger = ledger;
        this.lease = lease;
        this.clock = clock;
        this.sourceLineage = sourceLineage;
        this.sinkLineage = sinkLineage;
        this.twoWay = twoWay;
    }

    /** Commits the intents of a batch, before anything of it is sent. */
    void intend(List<Effect<T>> batch) {
        List<Intent> intents = batch.stream().map(Effect::intent).toList();
        ledger.inTransaction(lease, tx -> {
            tx.intents().put(intents);
            return intents.size();
        });
    }

    /**
     * Commits the outcomes that are known. Writes that were not sent lose their intent; ambiguous ones keep it.
     *
     * @return the tally of every write that is settled now
     */
    List<Optional<Tally>> settle(List<Effect<T>> effects) {
        return settle(effects, null);
    }

    /** Does the same, and if every write is settled with it, writes something along in the same transaction. */
    List<Optional<Tally>> settle(List<Effect<T>> effects, @Nullable Along along) {
        var settlement = new Settlement();
        List<Optional<Tally>> tallies =
                effects.stream().map(effect -> enter(effect, settlement)).toList();
        Along allowed = tallies.stream().allMatch(Optional::isPresent) ? along : null;
        ledger.inTransaction(lease, tx -> {
            if (twoWay != null) {
                settlement.commitOpposite(twoWay, tx, effects);
            }
            int entries = settlement.commit(flow, tx);
            if (allowed != null) {
                allowed.write(tx);
            }
            return entries;
        });
        if (allowed != null) {
            allowed.committed();
        }
        return tallies;
    }

    /** Commits letters for records that could not be read. */
    void bury(List<Malformed> malformed, Fingerprinter fingerprinter) {
        if (malformed.isEmpty()) {
            return;
        }
        Instant now = now();
        var settlement = new Settlement();
        for (Malformed record : malformed) {
            String reason = String.join("; ", record.faults());
            settlement.letters.add(new Letter(
                    flow.name(),
                    record.key(),
                    Letter.Kind.DEAD,
                    reason,
                    null,
                    record.raw(),
                    false,
                    fingerprinter.ofText(record.raw()),
                    null,
                    1,
                    now,
                    now,
                    null));
            settlement.audit.add(entry(record.key(), null, null, null, Map.of(), 0, Outcome.DEAD, reason, null));
        }
        ledger.inTransaction(lease, tx -> settlement.commit(flow, tx));
    }

    /** Commits what follows from plans that write nothing: letters that are void, our writes that came back, conflicts. */
    void enter(List<Planned<T>> plans) {
        var settlement = new Settlement();
        Instant now = now();
        for (Planned<T> planned : plans) {
            RecordKey key = planned.candidate().key();
            Link link = planned.known().link();
            switch (planned.step()) {
                case NOTHING, ECHO -> {
                    if (planned.outdatesLetter()) {
                        settlement.lettersDone.add(key);
                    }
                    if (planned.step() == Planned.Step.ECHO && link != null) {
                        settlement.links.add(
                                new Link(key, link.target(), link.targetVersion(), planned.fingerprint(), now));
                    }
                    if (planned.opposite() != null) {
                        settlement.links.add(planned.opposite());
                    }
                }
                case PARK -> park(planned, now, settlement);
                case CREATE, UPDATE, REMOVE, HOLD -> {}
            }
        }
        if (!settlement.isEmpty()) {
            ledger.inTransaction(lease, tx -> settlement.commit(flow, tx));
        }
    }

    private void park(Planned<T> planned, Instant now, Settlement settlement) {
        Candidate<T> candidate = planned.candidate();
        T record = candidate.change().record();
        Link link = planned.known().link();
        settlement.letters.add(new Letter(
                flow.name(),
                candidate.key(),
                Letter.Kind.PARKED,
                requireNonNull(planned.reason(), "reason"),
                null,
                record == null ? "" : RecordCodec.encode(record),
                true,
                planned.fingerprint().whole(),
                candidate.change().version(),
                1,
                now,
                now,
                RetryDelay.after(candidate.earlierAttempts(), now)));
        settlement.audit.add(entry(
                candidate.key(),
                candidate.change().version(),
                link == null ? null : link.target(),
                record == null ? Action.REMOVE : link == null ? Action.CREATE : Action.UPDATE,
                Map.of(),
                0,
                Outcome.PARKED,
                planned.reason(),
                null));
    }

    private Optional<Tally> enter(Effect<T> effect, Settlement settlement) {
        if (effect.doubt() != null) {
            return Optional.of(doubted(effect, effect.doubt(), settlement));
        }
        WriteOutcome outcome = effect.outcome();
        if (outcome == null) {
            return unsent(effect, settlement);
        }
        return outcome.match(new WriteOutcome.Cases<Optional<Tally>>() {
            @Override
            public Optional<Tally> applied(WriteOutcome.Applied applied) {
                return Optional.of(Settler.this.applied(effect, applied, settlement));
            }

            @Override
            public Optional<Tally> rejected(WriteOutcome.Rejected rejected) {
                return Optional.of(putAside(effect, rejected.reason(), null, null, rejected.requestId(), settlement));
            }

            @Override
            public Optional<Tally> deferred(WriteOutcome.Deferred deferred) {
                return Optional.of(Settler.this.deferred(effect, deferred, settlement));
            }

            @Override
            public Optional<Tally> ambiguous(WriteOutcome.Ambiguous ambiguous) {
                return Optional.empty(); // keeps its intent until it has been looked up
            }

            @Override
            public Optional<Tally> conflicted(WriteOutcome.Conflicted conflicted) {
                return unsent(effect, settlement);
            }

            @Override
            public Optional<Tally> throttled(WriteOutcome.Throttled throttled) {
                return unsent(effect, settlement);
            }
        });
    }

    /** Nothing of it took effect, unless it may have left traces: then its intent stays, to be looked up. */
    private Optional<Tally> unsent(Effect<T> effect, Settlement settlement) {
        if (!effect.mayHaveLeftTraces()) {
            settlement.closed.add(effect.intent().source());
        }
        return Optional.empty();
    }

    private Tally applied(Effect<T> effect, WriteOutcome.Applied applied, Settlement settlement) {
        Intent intent = effect.intent();
        RecordKey target = intent.target().key(applied.target().id());
        settlement.closed.add(intent.source());
        if (effect.hadLetter()) {
            settlement.lettersDone.add(intent.source());
        }
        if (intent.action() == Action.REMOVE) {
            settlement.unlinked.add(intent.source());
            settlement.removed.add(target);
        } else {
            settlement.links.add(
                    new Link(intent.source(), target, applied.target().version(), intent.fingerprint(), now()));
        }
        Outcome outcome = effect.found() ? Outcome.FOUND : Outcome.APPLIED;
        settlement.audit.add(entry(effect, target, outcome, null, applied.requestId()));
        return switch (intent.action()) {
            case CREATE -> Tally.CREATED;
            case UPDATE -> Tally.UPDATED;
            case REMOVE -> Tally.REMOVED;
        };
    }

    private Tally deferred(Effect<T> effect, WriteOutcome.Deferred deferred, Settlement settlement) {
        if (deferred.awaited() != null) {
            Instant again = deferred.sought() ? RetryDelay.after(effect.earlierAttempts(), now()) : null;
            return putAside(effect, deferred.reason(), deferred.awaited(), again, null, settlement);
        }
        Instant retryAt = RetryDelay.afterOrGiveUp(effect.earlierAttempts(), now());
        String reason = retryAt != null
                ? deferred.reason()
                : deferred.reason() + "; given up after " + (effect.earlierAttempts() + 1) + " tries";
        return putAside(effect, reason, null, retryAt, null, settlement);
    }

    /** A record that waits for nothing is dead. */
    private Tally putAside(
            Effect<T> effect,
            String reason,
            @Nullable RecordKey awaited,
            @Nullable Instant retryAt,
            @Nullable String requestId,
            Settlement settlement) {
        Intent intent = effect.intent();
        Instant now = now();
        Letter.Kind kind = awaited == null && retryAt == null ? Letter.Kind.DEAD : Letter.Kind.PARKED;
        settlement.closed.add(intent.source());
        settlement.letters.add(new Letter(
                flow.name(),
                intent.source(),
                kind,
                reason,
                awaited,
                intent.payload() == null ? "" : intent.payload(),
                true,
                intent.fingerprint().whole(),
                effect.sourceVersion(),
                effect.attempts(),
                now,
                now,
                retryAt));
        Outcome outcome = kind == Letter.Kind.DEAD ? Outcome.DEAD : Outcome.PARKED;
        settlement.audit.add(entry(effect, null, outcome, reason, requestId));
        return kind == Letter.Kind.DEAD ? Tally.DEAD : Tally.PARKED;
    }

    private Tally doubted(Effect<T> effect, String doubt, Settlement settlement) {
        settlement.doubts.add(effect.intent().inDoubt(doubt));
        settlement.audit.add(entry(effect, null, Outcome.IN_DOUBT, doubt, null));
        return Tally.IN_DOUBT;
    }

    private AuditEntry entry(
            Effect<T> effect,
            @Nullable RecordKey target,
            Outcome outcome,
            @Nullable String detail,
            @Nullable String requestId) {
        Intent intent = effect.intent();
        TargetRef known = intent.targetRef();
        RecordKey shown =
                target != null || known == null ? target : intent.target().key(known.id());
        return entry(
                intent.source(),
                effect.sourceVersion(),
                shown,
                intent.action(),
                changes(intent),
                effect.attempts(),
                outcome,
                detail,
                requestId);
    }

    private AuditEntry entry(
            RecordKey source,
            @Nullable String sourceVersion,
            @Nullable RecordKey target,
            @Nullable Action action,
            Map<String, String> changes,
            int attempts,
            Outcome outcome,
            @Nullable String detail,
            @Nullable String requestId) {
        return new AuditEntry(
                flow.name(),
                run,
                source,
                sourceVersion,
                target,
                action,
                changes,
                sourceLineage.fingerprint() + " -> " + sinkLineage.fingerprint(),
                attempts,
                outcome,
                detail,
                requestId,
                now());
    }

    /** Which rules made each changed field; for a creation, every field that has a rule on both sides. */
    private Map<String, String> changes(Intent intent) {
        var changes = new TreeMap<String, String>();
        Collection<String> fields =
                intent.action() == Action.CREATE ? intent.fingerprint().names() : intent.changedFields();
        for (String field : fields) {
            String made = sourceLineage.rules().get(field);
            String sent = sinkLineage.rules().get(field);
            if (intent.action() != Action.CREATE || sent != null) {
                changes.put(field, (made == null ? "" : made) + (sent == null ? "" : " => " + sent));
            }
        }
        return changes;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What goes with a settlement. */
    interface Along {

        void write(LedgerTransaction tx);

        void committed();
    }

    /** What one transaction writes. */
    private static final class Settlement {

        private final List<Link> links = new ArrayList<>();
        private final List<RecordKey> unlinked = new ArrayList<>();
        private final List<RecordKey> removed = new ArrayList<>();
        private final List<RecordKey> closed = new ArrayList<>();
        private final List<Intent> doubts = new ArrayList<>();
        private final List<Letter> letters = new ArrayList<>();
        private final List<RecordKey> lettersDone = new ArrayList<>();
        private final List<AuditEntry> audit = new ArrayList<>();

        boolean isEmpty() {
            return links.isEmpty() && letters.isEmpty() && lettersDone.isEmpty();
        }

        <T extends BusinessRecord> void commitOpposite(
                TwoWay<T> twoWay, LedgerTransaction tx, List<Effect<T>> effects) {
            if (!links.isEmpty()) {
                Map<RecordKey, Effect<T>> writes = new HashMap<>();
                effects.forEach(effect -> writes.put(effect.intent().source(), effect));
                twoWay.expectEchoes(tx, links, writes);
            }
            if (!removed.isEmpty()) {
                twoWay.forget(tx, removed);
            }
        }

        int commit(Flow<?> flow, LedgerTransaction tx) {
            if (!links.isEmpty()) {
                tx.mappings().put(links);
            }
            if (!unlinked.isEmpty()) {
                tx.mappings().remove(flow.target(), unlinked);
            }
            if (!closed.isEmpty()) {
                tx.intents().close(flow.name(), closed);
            }
            if (!doubts.isEmpty()) {
                tx.intents().put(doubts);
            }
            if (!lettersDone.isEmpty()) {
                tx.deadLetters().remove(flow.name(), lettersDone);
            }
            if (!letters.isEmpty()) {
                tx.deadLetters().put(letters);
            }
            if (!audit.isEmpty()) {
                tx.audit().append(audit);
            }
            return audit.size();
        }
    }
}
