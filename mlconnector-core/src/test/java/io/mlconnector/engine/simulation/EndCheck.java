package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold when all faults are over, everything is mended and the engine has come to rest. */
final class EndCheck {

    private final World world;
    private final Person person;

    EndCheck(World world, Person person) {
        this.world = world;
        this.person = person;
    }

    void check() {
        world.entities().forEach(this::check);
        world.trace.require(world.ledger.read(tx -> tx.audit().verify()).isEmpty(), "the audit chain is broken");
    }

    private <T extends BusinessRecord> void check(Entity<T> entity) {
        var wanted = new TreeMap<RecordKey, T>();
        for (ChangeLog.Row<T> row : entity.log().visible()) {
            if (row.record() != null) {
                wanted.put(entity.key(row.id()), row.record());
            }
        }
        wanted.forEach((key, record) -> checkDocument(entity, key, record));
        entity.documents()
                .all()
                .forEach((id, record) -> world.trace.require(
                        wanted.containsKey(record.key()), "document " + id + " of the deleted " + record.key()));
        world.ledger.read(tx -> checkLeftovers(tx, entity, wanted.size()));
    }

    private <T extends BusinessRecord> void checkDocument(Entity<T> entity, RecordKey key, T record) {
        List<Map.Entry<String, T>> documents = entity.documents().all().entrySet().stream()
                .filter(document -> document.getValue().key().equals(key))
                .toList();
        if (documents.isEmpty()) {
            world.trace.lost(key + " has 0 documents");
        }
        world.trace.require(documents.size() < 2, key + " has " + documents.size() + " documents");
        for (Map.Entry<String, T> document : documents) {
            world.trace.require(document.getValue().equals(record), key + " is not up to date at the target");
            RecordKey target = entity.target().key(document.getKey());
            var link = world.ledger.read(tx -> tx.mappings().find(key, entity.target()));
            world.trace.require(
                    link.map(found -> found.target().equals(target)).orElse(false), key + " has no link to " + target);
            world.trace.require(person.settled(key) || audited(key, target), key + " has no audit entry of " + target);
        }
    }

    private boolean audited(RecordKey key, RecordKey target) {
        List<AuditEntry> entries = world.ledger.read(
                tx -> tx.audit().query(AuditQuery.ofSource(key).withTarget(target)));
        return entries.stream()
                .anyMatch(entry -> entry.outcome() == Outcome.APPLIED || entry.outcome() == Outcome.FOUND);
    }

    private Optional<String> checkLeftovers(LedgerTransaction tx, Entity<?> entity, int wanted) {
        String flow = entity.name();
        world.trace.require(tx.intents().open(flow).isEmpty(), "intents of " + flow + " are open");
        world.trace.require(tx.intents().inDoubt(flow).isEmpty(), "intents of " + flow + " are in doubt");
        for (Letter.Kind kind : Letter.Kind.values()) {
            List<Letter> letters = tx.deadLetters().list(flow, kind, "", 100);
            world.trace.require(letters.isEmpty(), "letters of " + flow + " are left: " + letters);
        }
        long links = tx.mappings().count(entity.target());
        world.trace.require(links == wanted, links + " links for " + wanted + " records of " + flow);
        return Optional.empty();
    }
}
