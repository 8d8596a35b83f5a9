package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Source} must do.
 *
 * @param <T> the kind of record
 */
public abstract class SourceContract<T extends BusinessRecord> {

    /** Creates the contract. */
    protected SourceContract() {}

    /**
     * Returns a new source on the remote system of this test. Its pages should be smaller than {@link #seven}.
     *
     * @return the source
     */
    protected abstract Source<T> source();

    /**
     * Has the remote system hold exactly seven records.
     *
     * @return their keys
     */
    protected abstract List<RecordKey> seven();

    /**
     * Changes one of the seven records at the remote system, some time later.
     *
     * @return its key
     */
    protected abstract RecordKey changeOne();

    /** Every record is delivered, and the last page says so. */
    @Test
    protected void readsEveryRecordUpToTheLastPage() {
        List<RecordKey> keys = seven();

        Map<RecordKey, Change<T>> read = readAll(source(), Position.START, new ArrayList<>());

        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }

    /** A position can be polled again, and loses nothing. */
    @Test
    protected void deliversTheSameRecordsWhenAPositionIsPolledAgain() {
        seven();
        Source<T> source = source();
        var positions = new ArrayList<Position>();
        readAll(source, Position.START, positions);

        for (Position position : positions) {
            List<RecordKey> once = keys(source.poll(position));
            List<RecordKey> again = keys(source.poll(position));

            assertThat(again).isEqualTo(once);
        }
    }

    /** A new source goes on from the position of an earlier one: a position is all that a source needs. */
    @Test
    protected void goesOnFromAnyPositionInANewProcess() {
        List<RecordKey> keys = seven();
        var positions = new ArrayList<Position>();
        readAll(source(), Position.START, positions);

        for (int cut = 0; cut < positions.size(); cut++) {
            var before = new ArrayList<RecordKey>();
            Source<T> first = source();
            for (int i = 0; i < cut; i++) {
                before.addAll(keys(first.poll(positions.get(i))));
            }
            before.addAll(
                    readAll(source(), positions.get(cut), new ArrayList<>()).keySet());

            assertThat(before).containsAll(keys);
        }
    }

    /** What changes after the end is delivered by the next pass. */
    @Test
    protected void deliversAChangeInTheNextPass() {
        seven();
        Source<T> source = source();
        var positions = new ArrayList<Position>();
        readAll(source, Position.START, positions);
        Position end = end(source, positions);
        RecordKey changed = changeOne();

        Map<RecordKey, Change<T>> read = readAll(source, end, new ArrayList<>());

        assertThat(read).containsKey(changed);
    }

    /** A record can be fetched by the id of its key, and looks as it was polled. */
    @Test
    protected void fetchesARecordAsItWasPolled() {
        seven();
        Source<T> source = source();
        Map<RecordKey, Change<T>> read = readAll(source, Position.START, new ArrayList<>());

        read.forEach((key, change) -> assertThat(source.fetch(key.id()))
                .hasValueSatisfying(fetched -> assertThat(fetched.record()).isEqualTo(change.record())));
    }

    /** An id that nobody knows is no fault. */
    @Test
    protected void findsNoRecordOfAnUnknownId() {
        List<RecordKey> keys = seven();
        String unknown = keys.get(0).id().replaceAll("[0-9]", "9") + "9";

        assertThat(source().fetch(unknown).filter(change -> !change.isDelete())).isEmpty();
    }

    /** A source names what it reads. */
    @Test
    protected void namesItsTypeAndItsRules() {
        seven();
        Source<T> source = source();

        Page<T> page = source.poll(Position.START);

        assertThat(page.changes())
                .allSatisfy(change -> assertThat(change.record()).isInstanceOf(source.type()));
        assertThat(source.lineage().fingerprint()).isNotEmpty();
        assertThat(source.lineage().rules()).isNotEmpty();
    }

    private Position end(Source<T> source, List<Position> positions) {
        return source.poll(positions.get(positions.size() - 1)).next();
    }

    private static <T extends BusinessRecord> Map<RecordKey, Change<T>> readAll(
            Source<T> source, Position from, List<Position> positions) {
        var read = new LinkedHashMap<RecordKey, Change<T>>();
        Position position = from;
        for (int polls = 0; polls < 1000; polls++) {
            positions.add(position);
            Page<T> page = source.poll(position);
            assertThat(page.malformed()).isEmpty();
            page.changes().forEach(change -> read.put(change.key(), change));
            position = page.next();
            if (page.last()) {
                return read;
            }
        }
        throw new AssertionError("the source came to no end within 1000 pages");
    }

    private static List<RecordKey> keys(Page<?> page) {
        return page.changes().stream()
                .map(Change::key)
                .map(RecordKey.class::cast)
                .toList();
    }
}
