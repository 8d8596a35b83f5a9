package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlconnector.engine.EngineParts;
import io.mlconnector.model.Invoice;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hash of each record of a page. The floor hashes bytes that are there already, and tells no fields apart. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class FingerprintBenchmark {

    /** Rows of the page. */
    @Param("5000")
    public int rows;

    private final MessageDigest digest = Sha256.digest();
    private final EngineParts.Hasher hasher = new EngineParts.Hasher();
    private final List<Invoice> invoices = new ArrayList<>();
    private final List<byte[]> written = new ArrayList<>();

    /** Creates the benchmark; called by JMH. */
    public FingerprintBenchmark() {}

    /** Reads the page. */
    @Setup
    public void read() throws JsonProcessingException {
        invoices.addAll(WholePath.invoices(new RuleInvoices(), InvoicePage.of(rows)));
        for (Invoice invoice : invoices) {
            written.add(RecordJson.of(invoice));
        }
    }

    /** The floor: SHA-256 over a JSON text of the record that is there already. */
    @Benchmark
    public long sha256OfBytes() {
        long sum = 0;
        for (byte[] text : written) {
            sum += first64Bits(text);
        }
        return sum;
    }

    /** The library, one hash for the whole record: what every record costs that has not changed. */
    @Benchmark
    public long ofRecord() {
        long sum = 0;
        for (Invoice invoice : invoices) {
            sum += hasher.whole(invoice);
        }
        return sum;
    }

    /** The library, a hash for each field besides: what a record costs that is written. */
    @Benchmark
    public long ofFields() {
        long sum = 0;
        for (Invoice invoice : invoices) {
            sum += hasher.fingerprint(invoice).whole();
        }
        return sum;
    }

    /** A JSON text of the record, then SHA-256. */
    @Benchmark
    public long jsonThenSha256() throws JsonProcessingException {
        long sum = 0;
        for (Invoice invoice : invoices) {
            sum += first64Bits(RecordJson.of(invoice));
        }
        return sum;
    }

    private long first64Bits(byte[] text) {
        return ByteBuffer.wrap(digest.digest(text)).getLong();
    }
}
