package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import java.util.List;

/**
 * What a source returns for one position.
 *
 * @param <T> the kind of record
 * @param changes records that may have changed, oldest change first; may be empty although more pages follow
 * @param malformed records that could not be read
 * @param next the position after this page
 * @param last whether the source is caught up
 * @param notes what the source must remember besides the position
 */
public record Page<T extends BusinessRecord>(
        List<Change<T>> changes, List<Malformed> malformed, Position next, boolean last, Notes notes) {

    /** Copies the lists and refuses nulls. */
    public Page {
        changes = List.copyOf(changes);
        malformed = List.copyOf(malformed);
        requireNonNull(next, "next");
        requireNonNull(notes, "notes");
    }

    /**
     * Returns a page without malformed records and notes.
     *
     * @param <T> the kind of record
     * @param changes the changes
     * @param next the position after this page
     * @param last whether the source is caught up
     * @return the page
     */
    public static <T extends BusinessRecord> Page<T> of(List<Change<T>> changes, Position next, boolean last) {
        return new Page<>(changes, List.of(), next, last, Notes.NONE);
    }

    /**
     * Returns how many records the page holds, malformed ones included.
     *
     * @return the number of records
     */
    public int size() {
        return changes.size() + malformed.size();
    }
}
