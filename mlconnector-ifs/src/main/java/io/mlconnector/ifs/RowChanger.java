package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import io.mlconnector.ifs.ODataClient.AnsweredRow;
import io.mlconnector.mapping.Row;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes columns of a row: reads it, compares, and writes what differs under the version that was read. Safe for threads. */
final class RowChanger {

    /** Longer than the second that versions count. */
    private static final Duration NEXT_VERSION = Duration.ofMillis(1100);

    private static final int READS_UNTIL_QUIET = 5;
    private static final int MOST_REMEMBERED = 10_000;

    private final WritableSet set;
    private final ConnectorContext context;

    /** Writes that were told once that the version they go by is stale. */
    private final Set<String> told = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }));

    RowChanger(WritableSet set, ConnectorContext context) {
        this.set = set;
        this.context = context;
    }

    /** What the columns are to hold, given what they hold now; null clears a column. */
    interface Change {

        Map<String, @Nullable Object> of(Row row);
    }

    /**
     * Makes a change that a write asks for. Where the row is not in the version that the write goes by, the engine is told so
     * once: a two-way flow then plans anew, and any other sends the same again, whose word counts.
     */
    WriteOutcome change(Write.Update<?> write, String company, String record, Change change) {
        String id = write.target().id();
        AnsweredRow row = quiet(company, id, record);
        String expected = write.target().version();
        if (expected != null
                && !expected.equals(row.version())
                && told.add(write.idempotencyKey().value() + " " + expected)) {
            return new WriteOutcome.Conflicted(record + ": " + set.path() + " " + id + " has changed since " + expected
                    + " was read, and is " + row.version());
        }
        return changed(company, id, record, row, change);
    }

    /** Makes a change that goes by no version. */
    WriteOutcome change(String company, String id, String record, Change change) {
        return changed(company, id, record, quiet(company, id, record), change);
    }

    /** Whether nothing is left to change. */
    boolean holds(String company, String id, Change change) {
        return set.read(company, id)
                .map(row -> differing(row.row(), change.of(row.row())).isEmpty())
                .orElse(false);
    }

    private WriteOutcome changed(String company, String id, String record, AnsweredRow row, Change change) {
        Map<String, @Nullable Object> columns = differing(row.row(), change.of(row.row()));
        String version = row.version();
        if (columns.isEmpty()) {
            return new WriteOutcome.Applied(new TargetRef(id, version), null);
        }
        if (version == null) {
            return new WriteOutcome.Rejected(
                    record + ": " + set.path() + " " + id
                            + " has no ETag, without which a change by somebody else could be overwritten",
                    null);
        }
        HttpAnswer answer;
        try {
            answer = set.change(company, id, version, columns);
        } catch (UnavailableException e) {
            if (IfsErrors.isHeld(e)) {
                return WriteOutcome.Deferred.later(record + ": held by another user: " + e.getMessage());
            }
            throw e;
        }
        if (IfsErrors.isStale(answer) || answer.status() == 404) {
            return new WriteOutcome.Conflicted(record + ": " + set.path() + " " + id + " was changed by somebody else");
        }
        if (!answer.success()) {
            return IfsErrors.refusedWrite(context.connection(), set.path(), record, answer);
        }
        return new WriteOutcome.Applied(
                new TargetRef(id, answer.header("ETag").orElse(null)),
                answer.requestId().orElse(null));
    }

    /** The row in a version that shows every change from now on: one that is older than the second that versions count. */
    private AnsweredRow quiet(String company, String id, String record) {
        AnsweredRow row = read(company, id, record);
        for (int reads = 0; !Versions.showEveryChange(set.shape().stamp(row.row()), row.sentAt()); reads++) {
            if (reads == READS_UNTIL_QUIET) {
                throw EndedException.with(
                        new WriteOutcome.Conflicted(record + ": " + set.path() + " " + id + " changes every second"));
            }
            pause();
            AnsweredRow again = read(company, id, record);
            String before = row.version();
            row = again;
            if (before == null || before.equals(again.version())) {
                break;
            }
        }
        return row;
    }

    private AnsweredRow read(String company, String id, String record) {
        return set.read(company, id)
                .orElseThrow(() -> EndedException.with(
                        WriteOutcome.Deferred.later(record + ": " + set.path() + " " + id + " is gone")));
    }

    private void pause() {
        try {
            context.sleeper().sleep(NEXT_VERSION);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(context.connection() + ": interrupted", Details.NONE, e);
        }
    }

    /** Those of the columns that do not hold yet what they are to hold. */
    static Map<String, @Nullable Object> differing(Row row, Map<String, @Nullable Object> wanted) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        wanted.forEach((column, value) -> {
            if (!same(row.text(column), value)) {
                columns.put(column, value);
            }
        });
        return columns;
    }

    private static boolean same(@Nullable String before, @Nullable Object value) {
        if (before == null || before.isEmpty()) {
            return value == null || value.equals("");
        }
        if (value == null) {
            return false;
        }
        if (value instanceof BigDecimal amount) {
            try {
                return amount.compareTo(new BigDecimal(before)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        String text = value.toString();
        if (before.equals(text)) {
            return true;
        }
        try {
            return OffsetDateTime.parse(before).equals(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
