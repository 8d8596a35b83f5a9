package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A write that a flow would do.
 *
 * @param source the record at its source
 * @param action what would be done
 * @param changedFields names of the fields that an update would change; empty otherwise
 * @param fingerprint the whole-record hash of what would be written; tells whether the record has changed since
 */
public record PlannedChange(RecordKey source, Action action, SortedSet<String> changedFields, long fingerprint) {

    /** Copies the names. */
    public PlannedChange {
        changedFields = Collections.unmodifiableSortedSet(new TreeSet<>(changedFields));
    }

    static PlannedChange of(Planned<?> planned) {
        return new PlannedChange(
                planned.candidate().key(),
                Action.valueOf(planned.step().name()),
                new TreeSet<>(planned.changedFields()),
                planned.fingerprint().whole());
    }
}
