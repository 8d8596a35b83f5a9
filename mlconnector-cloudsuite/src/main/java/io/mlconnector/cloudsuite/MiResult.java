package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one transaction.
 *
 * @param rows its output
 * @param error what M3 says against it; null if it went well
 * @param notProcessed whether it was left out because an earlier one ended the call
 */
record MiResult(List<Row> rows, @Nullable MiError error, boolean notProcessed) {

    Optional<Row> first() {
        return rows.stream().findFirst();
    }
}
