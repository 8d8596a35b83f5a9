package io.mlconnector.examples.kill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.kill.KilledProcess;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The process that is killed while it writes to a sink. */
final class SinkProcess {

    private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private SinkProcess() {}

    /** Arguments: sink, ledger, number of records, date, settings of the connection as JSON. */
    public static void main(String[] arguments) {
        KilledProcess.main(arguments, SinkProcess::live);
    }

    private static void live(KilledProcess process) {
        KilledSink<?> sink = KilledSinks.valueOf(process.argument(0)).sink();
        int records = Integer.parseInt(process.argument(2));
        LocalDate today = LocalDate.parse(process.argument(3));
        Map<String, Object> settings = settings(process.argument(4));
        try (Ledger ledger = open(process.argument(1))) {
            process.run(
                    ledger,
                    engine -> sink.flow(engine, process, settings, records, today),
                    KilledSink.FLOW,
                    sink.endpoint());
        }
    }

    /** Returns settings as a process takes them. */
    static String json(Map<String, Object> settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, Object> settings(String json) {
        try {
            return JSON.readValue(json, SETTINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Opens a ledger by its file or by the URL of its database. */
    static Ledger open(String ledger) {
        if (!ledger.startsWith("jdbc:")) {
            return JdbcLedger.sqlite(Path.of(ledger));
        }
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(ledger);
        return JdbcLedger.open(dataSource);
    }
}
