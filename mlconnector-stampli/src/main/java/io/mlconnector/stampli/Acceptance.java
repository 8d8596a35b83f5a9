package io.mlconnector.stampli;

import io.mlconnector.model.BusinessRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a record, given what is known of earlier forms of it.
 *
 * @param <T> the kind of record
 */
interface Acceptance<T extends BusinessRecord> {

    /**
     * Decides.
     *
     * @param reading the record as it was read now
     * @param memory what is known
     */
    Decision<T> decide(Reading<T> reading, FileMemory memory);

    /**
     * A record as it was read.
     *
     * @param <T> the kind of record
     * @param id the id of its key
     * @param record what it says
     * @param where file and line, for messages
     * @param place where it stands
     * @param revision as the file says
     * @param exportedAt as the file says; null if it does not
     */
    record Reading<T extends BusinessRecord>(
            String id,
            T record,
            String where,
            RecordNote.Place place,
            int revision,
            @Nullable Instant exportedAt) {

        long exportedSecond() {
            return exportedAt == null ? 0 : exportedAt.getEpochSecond();
        }

        RecordNote.Accepted accepted(String hash, boolean delivered, boolean corrected) {
            return new RecordNote.Accepted(place, hash, revision, exportedSecond(), delivered, corrected);
        }
    }

    /** Takes the newest form, as fits data that others refer to. */
    static <T extends BusinessRecord> Acceptance<T> newest() {
        return (reading, memory) -> {
            RecordNote note = memory.record(reading.id());
            RecordNote.Accepted known = note.accepted();
            if (known != null
                    && reading.exportedSecond() != 0
                    && reading.exportedSecond() < known.exportedAt()
                    && !known.place().equals(reading.place())) {
                return new Decision<>(Decision.Kind.IGNORE, null, null, List.of());
            }
            return new Decision<>(
                    Decision.Kind.DELIVER,
                    reading.record(),
                    new RecordNote(reading.accepted("", true, false), null),
                    List.of());
        };
    }
}
