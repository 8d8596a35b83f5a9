package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private Duration slept = Duration.ZERO;
    private Duration freedAfter = Duration.ofDays(1);
    private boolean databaseFails;
    private Instant now = Instant.parse("2026-11-01T10:00:00Z");
    private int asked;

    @Test
    void doesNotWaitUnlessToldTo() {
        taken.add("f");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> leases(Duration.ZERO).acquire("f"))
                .withMessageContaining("flow 'f' is held by 7@erp");

        assertThat(slept).isZero();
    }

    @Test
    void waitsUntilTheFlowIsFree() throws SQLException {
        taken.add("f");
        freedAfter = Duration.ofSeconds(3);

        assertThat(leases(Duration.ofSeconds(5)).acquire("f")).isEqualTo(new Lease("f", 1));

        assertThat(slept).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        taken.add("f");
        freedAfter = Duration.ofSeconds(6);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> leases(Duration.ofSeconds(5)).acquire("f"));

        assertThat(slept).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        taken.add("f");

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> leases(Duration.ofSeconds(5)).acquire("f"))
                .withMessage("interrupted while waiting for flow 'f'");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void leavesAFlowFreeWhoseEpochCouldNotBeRaised() throws SQLException {
        Leases leases = leases(Duration.ZERO);
        databaseFails = true;
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> leases.acquire("f"));

        assertThat(taken).isEmpty();
        databaseFails = false;
        assertThat(leases.acquire("f")).isEqualTo(new Lease("f", 1));
    }

    @Test
    void keepsAFlowWhoseEpochCouldNotBeRaisedAgain() throws SQLException {
        Leases leases = leases(Duration.ZERO);
        Lease lease = leases.acquire("f");
        databaseFails = true;
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> leases.acquire("f"));

        assertThat(taken).containsExactly("f");
        assertThat(leases.lock(lease).isHeld()).isTrue();
    }

    @Test
    void asksForTheLockOnceInASecondHoweverMuchIsSent() throws SQLException {
        Leases leases = leases(Duration.ZERO);
        Lease lease = leases.acquire("f");
        for (int i = 0; i < 10; i++) {
            leases.check(lease);
        }
        assertThat(asked).isZero();

        now = now.plusMillis(1000);
        for (int i = 0; i < 10; i++) {
            leases.check(lease);
        }

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void endsALeaseWhoseLockIsLost() throws SQLException {
        Leases leases = leases(Duration.ZERO);
        Lease lease = leases.acquire("f");
        taken.clear();
        now = now.plusMillis(1000);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> leases.check(lease))
                .withMessage("flow 'f': the lease of epoch 1 is over: it was given back, or its lock was lost");

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> leases.lock(lease));
        assertThat(taken).isEmpty();
        assertThat(leases.acquire("f")).isEqualTo(new Lease("f", 2));
    }

    @Test
    void asksAgainWhenTheClockWasSetBack() throws SQLException {
        Leases leases = leases(Duration.ZERO);
        Lease lease = leases.acquire("f");
        now = now.minusSeconds(3600);

        leases.check(lease);

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void refusesATimeThatIsNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leases(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    private Leases leases(Duration wait) {
        return new Leases(this::tryLock, new Epochs(), wait, () -> now, pause -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            slept = slept.plus(pause);
            if (slept.compareTo(freedAfter) >= 0) {
                taken.clear();
            }
        });
    }

    private @Nullable FlowLock tryLock(String flow) {
        return taken.add(flow) ? new Lock(flow) : null;
    }

    private final class Lock implements FlowLock {

        private final String flow;

        Lock(String flow) {
            this.flow = flow;
        }

        @Override
        public long key() {
            return 0;
        }

        @Override
        public long session() {
            return 0;
        }

        @Override
        public boolean isHeld() {
            asked++;
            return taken.contains(flow);
        }

        @Override
        public void release() {
            taken.remove(flow);
        }
    }

    private final class Epochs implements Leases.Database {

        @Override
        public long raiseEpoch(String flow) throws SQLException {
            if (databaseFails) {
                throw new SQLException("the database fails");
            }
            return epochs.merge(flow, 1L, Long::sum);
        }

        @Override
        public long epoch(String flow) {
            return epochs.getOrDefault(flow, 0L);
        }

        @Override
        public String holder(String flow) {
            return "7@erp";
        }
    }
}
