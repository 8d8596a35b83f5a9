package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of one run, given back at its end. A two-way flow runs under those of both ways, because each settles what the
 * other left open, and takes for new what the other has just made.
 */
final class RunLeases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    private final Ledger ledger;
    private final Map<String, Lease> leases = new HashMap<>();

    private RunLeases(Ledger ledger) {
        this.ledger = ledger;
    }

    static RunLeases acquire(Ledger ledger, Flow<?> flow, @Nullable Flow<?> opposite) {
        // In alphabetical order, so that two processes never wait for each other.
        var names = new TreeSet<String>();
        names.add(flow.name());
        if (opposite != null) {
            names.add(opposite.name());
        }
        var acquired = new RunLeases(ledger);
        boolean done = false;
        try {
            names.forEach(name -> acquired.leases.put(name, ledger.acquire(name)));
            done = true;
            return acquired;
        } finally {
            if (!done) {
                acquired.close();
            }
        }
    }

    Lease of(Flow<?> flow) {
        return requireNonNull(leases.get(flow.name()));
    }

    /** What the run did is committed, whatever becomes of its leases. */
    @Override
    public void close() {
        for (Lease lease : leases.values()) {
            try {
                ledger.release(lease);
            } catch (LedgerException e) {
                LOG.warn("flow {} could not give back its lease: {}", lease.flow(), e.getMessage());
            }
        }
    }
}
