package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConnectionState;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how flows and connections are, and how far a run is. Safe for threads. */
final class Checkup {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** So many failures in a row are no hiccup. */
    private static final int DOWN = 3;

    private final Wiring wiring;
    private final Ledger ledger;
    private final Pulse pulse;
    private final InstantSource clock;

    Checkup(Wiring wiring, Ledger ledger, Pulse pulse, InstantSource clock) {
        this.wiring = wiring;
        this.ledger = ledger;
        this.pulse = pulse;
        this.clock = clock;
    }

    Health health() {
        List<Health.OfConnection> connections =
                wiring.connections().stream().map(this::connection).toList();
        try {
            List<Health.OfFlow> flows = wiring.flows().stream().map(this::flow).toList();
            return new Health(null, flows, connections);
        } catch (LedgerException e) {
            return new Health(String.valueOf(e.getMessage()), List.of(), connections);
        }
    }

    private Health.OfFlow flow(Flow<?> flow) {
        record Waiting(int parked, int dead, int inDoubt) {}
        Waiting waiting = ledger.read(tx -> new Waiting(
                tx.deadLetters().count(flow.name(), Letter.Kind.PARKED),
                tx.deadLetters().count(flow.name(), Letter.Kind.DEAD),
                tx.intents().inDoubt(flow.name()).size()));
        Pulse.OfFlow seen = pulse.of(flow.name());
        int failures = seen.failuresInARow();
        String failure = seen.lastFailure();
        var reasons = new ArrayList<String>();
        if (failures > 0) {
            reasons.add((failures == 1 ? "the last run" : "the last " + failures + " runs") + " failed: " + failure);
        }
        if (!seen.balanced()) {
            reasons.add("the books of the last run do not balance");
        }
        if (waiting.inDoubt() > 0) {
            reasons.add(waiting.inDoubt() + " in doubt");
        }
        if (waiting.dead() > 0) {
            reasons.add(waiting.dead() + " dead letters");
        }
        return new Health.OfFlow(
                flow.name(),
                status(failures >= DOWN, reasons),
                reasons,
                seen.lastSuccessAt(),
                failures,
                seen.behind(clock.instant()),
                waiting.parked(),
                waiting.dead(),
                waiting.inDoubt());
    }

    private Health.OfConnection connection(String name) {
        ConnectionState state = wiring.connection(name).stats().state();
        var reasons = new ArrayList<String>();
        if (state.refused()) {
            reasons.add("the credentials are refused: " + state.failure());
        } else if (state.failures() > 0) {
            reasons.add((state.failures() == 1 ? "the last call" : "the last " + state.failures() + " calls")
                    + " failed: " + state.failure());
        }
        if (state.paused().compareTo(Duration.ZERO) > 0) {
            reasons.add("nothing is sent for another " + state.paused());
        }
        return new Health.OfConnection(
                name, status(state.refused() || state.failures() >= DOWN, reasons), reasons, state);
    }

    private static Health.Status status(boolean down, List<String> reasons) {
        return down ? Health.Status.DOWN : reasons.isEmpty() ? Health.Status.UP : Health.Status.DEGRADED;
    }

    Optional<Progress> progress(Flow<?> flow) {
        Pulse.Running running = pulse.of(flow.name()).running();
        if (running == null) {
            return Optional.empty();
        }
        if (running.expected() == null) {
            running.expect(expected(flow, running));
        }
        return Optional.of(running.progress(flow.name()));
    }

    private <T extends BusinessRecord> OptionalLong expected(Flow<T> flow, Pulse.Running running) {
        try {
            long before = running.records();
            Position position = ledger.lookUp(tx -> tx.positions().position(flow.name()));
            OptionalLong remaining = wiring.source(flow).remaining(position);
            return remaining.isEmpty() ? remaining : OptionalLong.of(before + remaining.getAsLong());
        } catch (MlConnectorException e) {
            LOG.debug("flow {}: what remains cannot be counted: {}", flow.name(), e.getMessage());
            return OptionalLong.empty();
        }
    }
}
