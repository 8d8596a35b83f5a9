package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.References;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes writes out of plans, and out of intents that an earlier process left. For one thread. */
final class Effects<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    Effects(Flow<T> flow, Ledger ledger, InstantSource clock) {
        this.flow = flow;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<Effect<T>> of(List<Planned<T>> plans) {
        References references = references(plans.stream().map(Planned::toWrite).toList());
        Instant now = clock.instant();
        return plans.stream().map(planned -> of(planned, references, now)).toList();
    }

    List<Effect<T>> ofIntents(List<Intent> intents) {
        List<@Nullable T> records = intents.stream()
                .map(intent -> intent.payload() == null ? null : RecordCodec.decode(intent.payload(), flow.type()))
                .toList();
        References references = references(records);
        Instant now = clock.instant();
        var effects = new ArrayList<Effect<T>>();
        for (int i = 0; i < intents.size(); i++) {
            T record = records.get(i);
            Intent intent = intents.get(i);
            Effect<T> effect = new Effect<>(
                    intent, write(intent, record, references), Candidate.moneyOf(record), null, true, 0, null);
            effect.perhapsSentUntil(now);
            effects.add(effect);
        }
        return effects;
    }

    private Effect<T> of(Planned<T> planned, References references, Instant now) {
        T record = planned.toWrite();
        Action action = switch (planned.step()) {
            case CREATE -> Action.CREATE;
            case UPDATE -> Action.UPDATE;
            case REMOVE -> Action.REMOVE;
            case NOTHING, HOLD, ECHO, PARK -> throw new IllegalStateException(planned + " writes nothing");
        };
        Intent intent = new Intent(
                flow.name(),
                planned.candidate().key(),
                flow.target(),
                planned.targetRef(),
                action,
                key(planned, action),
                record == null ? null : RecordCodec.encode(record),
                planned.fingerprint(),
                planned.changedFields(),
                now,
                0,
                null);
        boolean hadLetter = planned.candidate().replayed() || planned.outdatesLetter();
        return new Effect<>(
                intent,
                write(intent, record, references),
                planned.candidate().money(),
                planned.candidate().change().version(),
                hadLetter,
                planned.candidate().earlierAttempts(),
                planned.there());
    }

    /**
     * The same write always has the same key. The time of the last settlement is part of it, because a record that goes
     * from one state to another, back, and there again makes two different writes; so is the number of earlier tries of a
     * letter, because a target may remember a refusal under its key.
     */
    private IdempotencyKey key(Planned<T> planned, Action action) {
        Known known = planned.known();
        long lastSettled = known.link() == null ? 0 : known.link().linkedAt().toEpochMilli();
        RecordKey source = planned.candidate().key();
        return new IdempotencyKey("mlc-"
                + fingerprinter.key(
                        flow.name(),
                        flow.target().toString(),
                        source,
                        action.name(),
                        planned.fingerprint().whole(),
                        lastSettled,
                        (long) planned.candidate().earlierAttempts()));
    }

    private Write<T> write(Intent intent, @Nullable T record, References references) {
        TargetRef target = intent.targetRef();
        return switch (intent.action()) {
            case CREATE ->
                new Write.Create<>(
                        requireNonNull(record, "payload"),
                        intent.idempotencyKey(),
                        references,
                        intent.intendedAt(),
                        target);
            case UPDATE ->
                new Write.Update<>(
                        requireNonNull(record, "payload"),
                        requireNonNull(target, "target"),
                        intent.changedFields(),
                        intent.idempotencyKey(),
                        references,
                        intent.intendedAt());
            case REMOVE ->
                new Write.Remove<>(
                        intent.source(),
                        requireNonNull(target, "target"),
                        intent.idempotencyKey(),
                        intent.intendedAt());
        };
    }

    private References references(Collection<? extends @Nullable BusinessRecord> records) {
        Set<RecordKey> keys = new HashSet<>();
        for (BusinessRecord record : records) {
            if (record != null) {
                keys.addAll(record.references());
            }
        }
        if (keys.isEmpty()) {
            return References.NONE;
        }
        Map<RecordKey, TargetRef> resolved =
                ledger.lookUp(tx -> tx.mappings().resolve(flow.target().connection(), keys));
        return key -> Optional.ofNullable(resolved.get(key));
    }
}
