package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import org.jspecify.annotations.Nullable;

/**
 * A record that is to be planned.
 *
 * @param change the record as read
 * @param replayed whether it comes out of a letter and not from the source
 * @param earlierAttempts how often the letter was tried before
 */
record Candidate<T extends BusinessRecord>(Change<T> change, boolean replayed, int earlierAttempts) {

    static <T extends BusinessRecord> Candidate<T> read(Change<T> change) {
        return new Candidate<>(change, false, 0);
    }

    /** The same record, taken out of a letter. */
    Candidate<T> again(int attempts) {
        return new Candidate<>(change, true, attempts);
    }

    RecordKey key() {
        return change.key();
    }

    @Nullable Money money() {
        return moneyOf(change.record());
    }

    static @Nullable Money moneyOf(@Nullable BusinessRecord record) {
        return record == null ? null : record.bookValue().orElse(null);
    }
}
