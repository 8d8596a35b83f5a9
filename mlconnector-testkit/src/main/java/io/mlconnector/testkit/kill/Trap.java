package io.mlconnector.testkit.kill;

import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Ledger;

/** Is told about every place that a run comes to, and may not let it go on. Implementations are safe for threads. */
@FunctionalInterface
public interface Trap {

    /**
     * Called when a run has come to a place; it goes on when this returns.
     *
     * @param place where it is
     */
    void reached(KillPlace place);

    /**
     * Watches a ledger.
     *
     * @param ledger the ledger
     * @return the same ledger, which tells this trap about intents, settlements and positions
     */
    default Ledger watch(Ledger ledger) {
        return new TrappedLedger(ledger, this);
    }

    /**
     * Watches the sinks of a connector.
     *
     * @param connector the connector
     * @return the same connector, whose sinks tell this trap about answers and look-ups
     */
    default Connector watch(Connector connector) {
        return new TrappedConnector(connector, this);
    }
}
