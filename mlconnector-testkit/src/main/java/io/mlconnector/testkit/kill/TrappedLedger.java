package io.mlconnector.testkit.kill;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.PositionStore;
import io.mlconnector.spi.SealedEntry;
import io.mlconnector.spi.WebhookInbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A ledger in which the places of a {@link Trap} are reached. */
record TrappedLedger(Ledger ledger, Trap trap) implements Ledger {

    @Override
    public Lease acquire(String flow) {
        return ledger.acquire(flow);
    }

    @Override
    public void release(Lease lease) {
        ledger.release(lease);
    }

    @Override
    public void check(Lease lease) {
        ledger.check(lease);
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        var watched = new Watched(trap);
        R result = ledger.inTransaction(lease, tx -> work.apply(watched.watching(tx)));
        if (watched.intended) {
            trap.reached(KillPlace.AFTER_INTENT);
        }
        return result;
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        return ledger.withoutLease(work);
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        return ledger.read(tx -> work.apply(new Watched(trap).watching(tx)));
    }

    @Override
    public <R> R lookUp(Function<LedgerTransaction, R> work) {
        return ledger.lookUp(tx -> work.apply(new Watched(trap).watching(tx)));
    }

    @Override
    public void close() {
        ledger.close();
    }

    /** Notices what a transaction does. */
    private static final class Watched {

        private final Trap trap;
        private boolean intended;

        Watched(Trap trap) {
            this.trap = trap;
        }

        LedgerTransaction watching(LedgerTransaction tx) {
            return new LedgerTransaction() {
                @Override
                public MappingStore mappings() {
                    return tx.mappings();
                }

                @Override
                public PositionStore positions() {
                    return new WatchedPositions(tx.positions());
                }

                @Override
                public IntentStore intents() {
                    return new WatchedIntents(tx.intents());
                }

                @Override
                public DeadLetterStore deadLetters() {
                    return tx.deadLetters();
                }

                @Override
                public WebhookInbox inbox() {
                    return tx.inbox();
                }

                @Override
                public AuditLog audit() {
                    return new WatchedAudit(tx.audit());
                }
            };
        }

        private final class WatchedPositions implements PositionStore {

            private final PositionStore positions;

            WatchedPositions(PositionStore positions) {
                this.positions = positions;
            }

            @Override
            public Position position(String flow) {
                trap.reached(KillPlace.BEFORE_READING);
                return positions.position(flow);
            }

            @Override
            public void save(String flow, Position position) {
                trap.reached(KillPlace.BEFORE_POSITION);
                positions.save(flow, position);
            }

            @Override
            public Map<String, String> notes(String flow) {
                return positions.notes(flow);
            }

            @Override
            public void save(String flow, Notes notes) {
                positions.save(flow, notes);
            }
        }

        private final class WatchedIntents implements IntentStore {

            private final IntentStore intents;

            WatchedIntents(IntentStore intents) {
                this.intents = intents;
            }

            @Override
            public void put(Collection<Intent> all) {
                intents.put(all);
                intended = true;
            }

            @Override
            public void close(String flow, Collection<RecordKey> sources) {
                intents.close(flow, sources);
            }

            @Override
            public List<Intent> open(String flow) {
                return intents.open(flow);
            }

            @Override
            public List<Intent> inDoubt(String flow) {
                return intents.inDoubt(flow);
            }
        }

        private final class WatchedAudit implements AuditLog {

            private final AuditLog audit;

            WatchedAudit(AuditLog audit) {
                this.audit = audit;
            }

            @Override
            public void append(Collection<AuditEntry> entries) {
                trap.reached(KillPlace.IN_SETTLE);
                audit.append(entries);
            }

            @Override
            public List<AuditEntry> query(AuditQuery query) {
                return audit.query(query);
            }

            @Override
            public List<SealedEntry> after(long sequence, int limit) {
                return audit.after(sequence, limit);
            }

            @Override
            public AuditMark head() {
                return audit.head();
            }

            @Override
            public AuditMark anchor() {
                return audit.anchor();
            }

            @Override
            public Optional<String> verify() {
                return audit.verify();
            }

            @Override
            public Optional<String> verify(AuditMark noted) {
                return audit.verify(noted);
            }

            @Override
            public long prune(AuditReceipt exported, String person, Instant at) {
                return audit.prune(exported, person, at);
            }

            @Override
            public void enlist(String name) {
                audit.enlist(name);
            }

            @Override
            public Map<String, AuditMark> deliveries() {
                return audit.deliveries();
            }

            @Override
            public void delivered(String name, AuditMark upTo) {
                audit.delivered(name, upTo);
            }

            @Override
            public void forget(String name) {
                audit.forget(name);
            }
        }
    }
}
