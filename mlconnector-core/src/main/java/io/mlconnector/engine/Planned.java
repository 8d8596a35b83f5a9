package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.TargetRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the planner decided for one record.
 *
 * @param candidate the record
 * @param step what is to be done
 * @param fingerprint of the record; that of nothing for a removal
 * @param known what the ledger knows of it
 * @param changedFields names of the fields that an update changes
 */
record Planned<T extends BusinessRecord>(
        Candidate<T> candidate, Step step, Fingerprint fingerprint, Known known, Set<String> changedFields) {

    /** What is to be done. */
    enum Step {
        CREATE,
        UPDATE,
        REMOVE,
        /** The target has it already, or a later change of the same page replaces this one. */
        NOTHING,
        /** It was put aside with the same content before, and stays there. */
        HOLD
    }

    @Nullable TargetRef targetRef() {
        return known.link() == null
                ? null
                : new TargetRef(known.link().target().id(), known.link().targetVersion());
    }

    boolean writes() {
        return step == Step.CREATE || step == Step.UPDATE || step == Step.REMOVE;
    }

    /** Whether the ledger holds a letter that this decision makes void. */
    boolean outdatesLetter() {
        return step != Step.HOLD && known.held() != null && known.held() != Known.Held.IN_DOUBT;
    }
}
