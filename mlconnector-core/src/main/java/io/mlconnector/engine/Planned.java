package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.TargetRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one record.
 *
 * @param candidate the record as read
 * @param step what is to be done
 * @param fingerprint of the record as read; that of nothing for a removal
 * @param known what the ledger knows of it
 * @param changedFields names of the fields that an update changes
 * @param toWrite what a write sends: the record, or on a two-way flow the record with what the other side has changed; null
 *     for a removal
 * @param targetRef the record over there; null if none is known
 * @param there on a two-way flow, the fingerprint of the record over there up to which its changes were taken over; null
 *     elsewhere
 * @param opposite on a two-way flow, the link of the opposite flow as it is to be although nothing is written; null if it stays
 * @param reason why it is put aside; null if it is not
 */
record Planned<T extends BusinessRecord>(
        Candidate<T> candidate,
        Step step,
        Fingerprint fingerprint,
        Known known,
        Set<String> changedFields,
        @Nullable T toWrite,
        @Nullable TargetRef targetRef,
        @Nullable Fingerprint there,
        @Nullable Link opposite,
        @Nullable String reason) {

    /** What is to be done. */
    enum Step {
        CREATE,
        UPDATE,
        REMOVE,
        /** The target has it already, or a later change of the same page replaces this one. */
        NOTHING,
        /** It was put aside with the same content before, and stays there. */
        HOLD,
        /** It is our own write coming back, or the same change made on both sides: only the link is brought up to date. */
        ECHO,
        /** Both sides have changed, and nobody has decided yet: it is put aside. */
        PARK
    }

    static <T extends BusinessRecord> Planned<T> of(
            Candidate<T> candidate, Step step, Fingerprint fingerprint, Known known, Set<String> changedFields) {
        TargetRef target = known.link() == null
                ? null
                : new TargetRef(known.link().target().id(), known.link().targetVersion());
        return new Planned<>(
                candidate,
                step,
                fingerprint,
                known,
                changedFields,
                candidate.change().record(),
                target,
                null,
                null,
                null);
    }

    Planned<T> with(Step newStep) {
        return with(newStep, null);
    }

    /** Writes nothing, although the record over there was looked at; the opposite flow is to remember what was seen. */
    Planned<T> with(Step newStep, @Nullable Link newOpposite) {
        return new Planned<>(
                candidate, newStep, fingerprint, known, changedFields, toWrite, targetRef, null, newOpposite, null);
    }

    Planned<T> parked(String why) {
        return new Planned<>(
                candidate, Step.PARK, fingerprint, known, changedFields, toWrite, targetRef, null, null, why);
    }

    Planned<T> updating(Set<String> fields, T record, TargetRef target, Fingerprint newThere) {
        return new Planned<>(candidate, Step.UPDATE, fingerprint, known, fields, record, target, newThere, null, null);
    }

    boolean writes() {
        return step == Step.CREATE || step == Step.UPDATE || step == Step.REMOVE;
    }

    /** Whether the ledger holds a letter that this decision makes void. */
    boolean outdatesLetter() {
        return step != Step.HOLD && step != Step.PARK && known.held() != null && known.held() != Known.Held.IN_DOUBT;
    }
}
