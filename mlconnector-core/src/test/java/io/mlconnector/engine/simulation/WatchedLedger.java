package io.mlconnector.engine.simulation;

import io.mlconnector.engine.SteppedEngines;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Position;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;

/** The ledger as one process sees it: with faults, and with a check of every position that is saved. */
final class WatchedLedger implements Ledger {

    private final Host host;
    private final World world;

    WatchedLedger(Host host) {
        this.host = host;
        this.world = host.world;
    }

    @Override
    public Lease acquire(String flow) {
        host.step("before the lease");
        failing("acquire");
        return world.store.acquire(flow);
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        host.step("before a read");
        failing("read");
        return world.store.read(work);
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        host.step("before a transaction");
        host.mayBeOvertaken(lease.flow());
        failing("begin");
        boolean rollback = world.dice.fault(8);
        var saved = new ArrayList<Position>();
        R result = world.store.inTransaction(lease, tx -> {
            R done = work.apply(new WatchedTransaction(tx, saved));
            if (rollback) {
                world.trace.add("ledger rolls back");
                throw new LedgerException("the commit failed", Details.NONE);
            }
            return done;
        });
        saved.forEach(position -> checkPosition(lease.flow(), position));
        host.step("after a commit");
        failing("answer to commit");
        return result;
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        host.step("before a transaction without a lease");
        failing("begin");
        R result = world.store.withoutLease(work);
        host.step("after a commit");
        failing("answer to commit");
        return result;
    }

    private void failing(String what) {
        if (world.dice.fault(5)) {
            world.trace.add("ledger fails: " + what);
            throw new LedgerException("the ledger failed: " + what, Details.NONE);
        }
    }

    private void checkPosition(String flow, Position position) {
        Map<RecordKey, Change<?>> page = host.deliveries.pageUpTo(flow, position);
        if (page == null) {
            world.trace.violation("the position of " + flow + " was never delivered: " + position.value());
            return;
        }
        Map<RecordKey, Known> known =
                world.store.read(tx -> tx.mappings().known(flow, new Endpoint("bank", flow), page.keySet()));
        page.forEach((key, change) -> world.trace.require(
                settled(change, known.getOrDefault(key, Known.NOTHING)),
                "the position passed " + key + ", which is not settled"));
    }

    private static boolean settled(Change<?> change, Known known) {
        if (known.held() != null) {
            return true;
        }
        if (change.record() == null) {
            return known.link() == null;
        }
        return known.link() != null
                && known.link().fingerprint().whole()
                        == SteppedEngines.fingerprint(change.record()).whole();
    }

    @Override
    public void close() {}
}
