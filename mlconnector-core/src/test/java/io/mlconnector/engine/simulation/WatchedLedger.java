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
        failing(Fault.LEDGER_ACQUIRE);
        return world.store.acquire(flow);
    }

    @Override
    public void release(Lease lease) {
        world.store.release(lease);
    }

    @Override
    public void check(Lease lease) {
        world.store.check(lease);
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        host.step("before a read");
        failing(Fault.LEDGER_READ);
        return world.store.read(work);
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        host.step("before a transaction");
        host.mayBeOvertaken(lease.flow());
        failing(Fault.LEDGER_BEGIN);
        boolean rollback = world.strikes(Fault.LEDGER_ROLLBACK);
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
        failing(Fault.LEDGER_ANSWER);
        return result;
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        host.step("before a transaction without a lease");
        failing(Fault.LEDGER_BEGIN);
        R result = world.store.withoutLease(work);
        host.step("after a commit");
        failing(Fault.LEDGER_ANSWER);
        return result;
    }

    private void failing(Fault fault) {
        if (world.strikes(fault)) {
            world.trace.add(fault.toString());
            throw new LedgerException(fault.toString(), Details.NONE);
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
