package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.Position;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What every ledger promises of leases. */
abstract class LeaseContract extends StoredTextContract {

    @Test
    final void givesEveryLeaseOfAFlowAHigherEpoch() {
        Lease first = ledger.acquire(FLOW);
        Lease second = ledger.acquire(FLOW);
        Lease other = ledger.acquire("payments");

        assertThat(first).isEqualTo(new Lease(FLOW, 1));
        assertThat(second).isEqualTo(new Lease(FLOW, 2));
        assertThat(other).isEqualTo(new Lease("payments", 1));
    }

    @Test
    final void writesNothingUnderAStaleLease() {
        Lease stale = ledger.acquire(FLOW);
        ledger.acquire(FLOW);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> write(stale, tx -> tx.positions().save(FLOW, new Position("9"))))
                .withMessageContaining(FLOW)
                .withMessageContaining("epoch 1")
                .withMessageContaining("epoch is 2");

        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    final void runsNoWorkUnderAStaleLease() {
        Lease stale = ledger.acquire(FLOW);
        ledger.acquire(FLOW);
        var ran = new ArrayList<String>();

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(stale, tx -> ran.add("work")));

        assertThat(ran).isEmpty();
    }

    @Test
    final void refusesALeaseThatWasNeverGiven() {
        ledger.acquire(FLOW);

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(new Lease(FLOW, 7), tx -> {}));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(new Lease("other", 1), tx -> {}));
    }

    @Test
    final void tellsWhoSendsThatALeaseIsOver() {
        Lease lease = ledger.acquire(FLOW);
        ledger.check(lease);

        Lease newest = ledger.acquire(FLOW);

        ledger.check(newest);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.check(lease))
                .withMessageContaining(FLOW)
                .withMessageContaining("epoch 1");
    }

    @Test
    final void goesOnAfterALeaseWasGivenBack() {
        Lease first = ledger.acquire(FLOW);
        write(first, tx -> tx.positions().save(FLOW, new Position("1")));
        ledger.release(first);

        Lease second = ledger.acquire(FLOW);

        assertThat(second).isEqualTo(new Lease(FLOW, 2));
        assertThat(position()).isEqualTo(new Position("1"));
        write(second, tx -> tx.positions().save(FLOW, new Position("2")));
        assertThat(position()).isEqualTo(new Position("2"));
    }

    @Test
    final void keepsTheNewestLeaseWhenAnOlderOneIsGivenBack() {
        Lease stale = ledger.acquire(FLOW);
        Lease newest = ledger.acquire(FLOW);
        ledger.release(stale);

        write(newest, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(position()).isEqualTo(new Position("1"));
    }

    @Test
    final void keepsALeaseWhenAnotherFlowIsAcquired() {
        Lease lease = ledger.acquire(FLOW);
        ledger.acquire("payments");

        write(lease, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(position()).isEqualTo(new Position("1"));
    }
}
