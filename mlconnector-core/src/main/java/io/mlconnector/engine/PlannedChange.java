package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import java.util.SortedSet;

/**
 * A write that a flow would do.
 *
 * @param source the record at its source
 * @param action what would be done
 * @param changedFields names of the fields that an update would change; empty otherwise
 */
public record PlannedChange(RecordKey source, Action action, SortedSet<String> changedFields) {}
