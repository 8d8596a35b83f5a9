package io.mlconnector.jdbc.kill;

import io.mlconnector.testkit.kill.KillMatrix;
import io.mlconnector.testkit.kill.KillWire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A bank behind a wire, and a ledger beside which every process keeps a second log. */
final class Life implements AutoCloseable {

    private final Bank bank = new Bank();
    private final KillWire wire = KillWire.to(bank.uri());
    private final Path secondLog;
    private final KillMatrix matrix;

    Life(String ledger, int customers, Duration settleTime, Path folder) throws IOException {
        this.secondLog = folder.resolve("second.log");
        Set<String> ids =
                IntStream.range(0, customers).mapToObj(number -> "c" + number).collect(Collectors.toSet());
        this.matrix = KillMatrix.of(Child.class, wire, ids, bank::documents)
                .arguments(
                        ledger,
                        Integer.toString(customers),
                        wire.through(bank.uri()).toString(),
                        settleTime.toString(),
                        secondLog.toString())
                .call("document", request -> request.method().equals("POST"))
                .batches(Engines.BATCH, Engines.BATCH)
                .build();
    }

    KillMatrix matrix() {
        return matrix;
    }

    KillWire wire() {
        return wire;
    }

    Bank bank() {
        return bank;
    }

    Path secondLog() {
        return secondLog;
    }

    @Override
    public void close() {
        wire.close();
        bank.close();
    }
}
