package io.mlconnector.engine.simulation;

import io.mlconnector.engine.SteppedEngines;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settles doubts by looking at the target, and has dead letters tried again. */
final class Person {

    private final World world;
    private final Set<RecordKey> settled = new HashSet<>();

    Person(World world) {
        this.world = world;
    }

    void mend(Host host) {
        for (Entity<?> entity : world.entities()) {
            settleDoubts(entity);
            List<Letter> dead =
                    world.ledger.read(tx -> tx.deadLetters().list(entity.name(), Letter.Kind.DEAD, "", 1000));
            if (!dead.isEmpty()) {
                host.replay(entity.name(), dead.stream().map(Letter::source).toList());
            }
        }
    }

    /** Whether a person linked the record by hand. */
    boolean settled(RecordKey key) {
        return settled.contains(key);
    }

    private <T extends BusinessRecord> void settleDoubts(Entity<T> entity) {
        List<Intent> doubts = world.ledger.read(tx -> tx.intents().inDoubt(entity.name()));
        if (doubts.isEmpty()) {
            return;
        }
        Lease lease = world.ledger.acquire(entity.name());
        for (Intent doubt : doubts) {
            RecordKey key = doubt.source();
            world.trace.add("a person settles " + key);
            settled.add(key);
            Optional<String> id = entity.documents().idOf(key);
            world.ledger.inTransaction(lease, tx -> {
                tx.intents().close(entity.name(), List.of(key));
                if (id.isEmpty()) {
                    tx.mappings().remove(entity.target(), List.of(key));
                } else {
                    tx.mappings().put(List.of(link(entity, key, id.get())));
                }
                return key;
            });
            ChangeLog.Row<T> row = entity.log().row(key.id());
            if (row != null) {
                entity.log().write(key.id(), row.record(), Duration.ZERO);
            }
        }
    }

    private <T extends BusinessRecord> Link link(Entity<T> entity, RecordKey key, String id) {
        return new Link(
                key,
                entity.target().key(id),
                null,
                SteppedEngines.fingerprint(entity.documents().all().get(id)),
                world.time.instant());
    }
}
