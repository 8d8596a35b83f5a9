package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Sink} must do.
 *
 * @param <T> the kind of record
 */
public abstract class SinkContract<T extends BusinessRecord> {

    /** Creates the contract. */
    protected SinkContract() {}

    /**
     * Returns a new sink on the remote system of this test.
     *
     * @return the sink
     */
    protected abstract Sink<T> sink();

    /**
     * Returns a record that the remote system takes.
     *
     * @param number tells records apart
     * @return the record
     */
    protected abstract T record(int number);

    /**
     * Returns the same record with one changed field.
     *
     * @param record a record of {@link #record}
     * @return the changed record
     */
    protected abstract T changed(T record);

    /**
     * Returns the name of the field that {@link #changed} changes.
     *
     * @return a canonical field
     */
    protected abstract String changedField();

    /**
     * Returns a record that the remote system or the mapping refuses.
     *
     * @param number tells records apart
     * @return the record
     */
    protected abstract T refused(int number);

    /**
     * Returns how many documents of a record the remote system holds, counted there.
     *
     * @param key the record at its source
     * @return the number of documents
     */
    protected abstract int documents(RecordKey key);

    /** Has the remote system take the next write and lose its answer. */
    protected abstract void loseNextAnswer();

    /**
     * Resolves what records of this test refer to.
     *
     * @return the references; none unless the test says otherwise
     */
    protected References references() {
        return References.NONE;
    }

    /**
     * Returns the time by the clock that the sink was given.
     *
     * @return the instant
     */
    protected Instant now() {
        return Instant.now();
    }

    /** A record is written once and can be found. */
    @Test
    protected void createsARecordThatCanBeFound() {
        Sink<T> sink = sink();
        Write.Create<T> create = create(record(1), "1");

        WriteOutcome outcome = writeOne(sink, create);

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        TargetRef target = ((WriteOutcome.Applied) outcome).target();
        assertThat(documents(create.key())).isEqualTo(1);
        assertThat(sink.find(create))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.target().id()).isEqualTo(target.id()));
    }

    /** What was never written is absent. */
    @Test
    protected void findsNothingBeforeARecordIsWritten() {
        Sink<T> sink = sink();
        writeOne(sink, create(record(1), "1"));

        assertThat(sink.find(create(record(2), "2"))).isEqualTo(Lookup.ABSENT);
    }

    /** After a lost answer, the same write under the same key or a look-up leads to exactly one document. */
    @Test
    protected void endsWithOneDocumentAfterALostAnswer() {
        Sink<T> sink = sink();
        Write.Create<T> create = create(record(1), "1");
        loseNextAnswer();

        WriteOutcome outcome = writeOne(sink, create);
        if (outcome instanceof WriteOutcome.Ambiguous) {
            Lookup lookup = sink.find(create);
            if (lookup instanceof Lookup.Partial partial) {
                writeOne(
                        sink,
                        new Write.Create<>(
                                create.record(),
                                create.idempotencyKey(),
                                create.references(),
                                create.intendedAt(),
                                partial.target()));
            } else if (lookup instanceof Lookup.Absent) {
                writeOne(sink, create);
            }
        }

        assertThat(sink.find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(documents(create.key())).isEqualTo(1);
    }

    /** An update changes the document and makes no second one. */
    @Test
    protected void updatesInPlace() {
        Sink<T> sink = sink();
        T record = record(1);
        TargetRef target = ((WriteOutcome.Applied) writeOne(sink, create(record, "1"))).target();
        T changed = changed(record);

        WriteOutcome outcome = writeOne(
                sink,
                new Write.Update<>(
                        changed,
                        target,
                        Set.of(changedField()),
                        new IdempotencyKey("contract-update-1"),
                        references(),
                        now()));

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(documents(record.key())).isEqualTo(1);
    }

    /** A bad record throws nothing, and spoils no other record of its batch. */
    @Test
    protected void rejectsABadRecordAndTakesTheOthers() {
        Sink<T> sink = sink();
        List<Write<T>> writes = List.of(create(record(1), "1"), create(refused(2), "2"), create(record(3), "3"));
        var outcomes = new ArrayList<WriteOutcome>();

        for (int from = 0; from < writes.size(); from += sink.maxBatch()) {
            outcomes.addAll(sink.write(writes.subList(from, Math.min(writes.size(), from + sink.maxBatch()))));
        }

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isNotBlank());
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(documents(writes.get(1).key())).isZero();
    }

    /** A sink names what it takes, and how long a write may still take effect. */
    @Test
    protected void namesItsTypeItsRulesAndItsSettleTime() {
        Sink<T> sink = sink();

        assertThat(sink.type()).isEqualTo(record(1).getClass());
        assertThat(sink.maxBatch()).isPositive();
        assertThat(sink.settleTime()).isPositive();
        assertThat(sink.lineage().rules()).isNotEmpty();
    }

    private Write.Create<T> create(T record, String key) {
        return new Write.Create<>(record, new IdempotencyKey("contract-create-" + key), references(), now(), null);
    }

    private static <T extends BusinessRecord> WriteOutcome writeOne(Sink<T> sink, Write<T> write) {
        List<WriteOutcome> outcomes = sink.write(List.of(write));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }
}
