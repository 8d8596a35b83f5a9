package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import java.util.List;

/**
 * What came of a plan that was applied.
 *
 * @param report the books of the records that were written
 * @param leftOut records that have changed since the plan was made, at the source or by a run, and were not written
 */
public record AppliedPlan(FlowReport report, List<RecordKey> leftOut) {

    /** Copies the list. */
    public AppliedPlan {
        leftOut = List.copyOf(leftOut);
    }
}
