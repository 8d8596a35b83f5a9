package io.mlconnector.cloudsuite;

import java.util.List;
import java.util.Set;

/**
 * What is left to do for one record.
 *
 * @param wanted what must stand
 * @param batch the number of its batch
 * @param calls what to write, in order; empty if everything stands
 * @param unfinished batches of earlier tries that were not checked and updated
 */
record Posting(Wanted wanted, String batch, List<MiCall> calls, Set<String> unfinished) {

    Posting {
        calls = List.copyOf(calls);
        unfinished = Set.copyOf(unfinished);
    }
}
