package io.mlconnector.examples.kill;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import io.mlconnector.testkit.kill.KilledProcess;
import java.time.LocalDate;
import java.util.Map;

/**
 * A sink whose processes are killed: what is written to it, and how.
 *
 * @param <T> the kind of record
 */
interface KilledSink<T extends BusinessRecord> {

    String FLOW = "killed";

    ConnectorProvider provider();

    Class<T> type();

    /** Where it writes, such as {@code bill/bills}. */
    String endpoint();

    /** Where the records come from, such as {@code erp/bills}. */
    String origin();

    int lanes();

    /** How many records a batch has; a page of the source has three batches. */
    default int batch() {
        return 6;
    }

    /** About how many calls of the sink a batch takes. */
    default int callsOfABatch() {
        return lanes();
    }

    T record(int number, LocalDate today);

    /** Starts the system. */
    KilledSystem start(int records, LocalDate today);

    /** Adds the flow to the engine of a process. */
    default SyncEngine.Builder flow(
            SyncEngine.Builder engine,
            KilledProcess process,
            Map<String, Object> settings,
            int records,
            LocalDate today) {
        String connection = endpoint().substring(0, endpoint().indexOf('/'));
        Connector connector =
                provider().open(Settings.of("connections." + connection, settings), process.context(connection));
        return engine.addConnection(Listed.of(origin(), type(), records, 3 * batch(), number -> record(number, today)))
                .addConnection(process.watch(connector))
                .addFlow(Flow.of(FLOW, type())
                        .from(origin())
                        .to(endpoint())
                        .lanes(lanes())
                        .batch(batch())
                        .build());
    }
}
