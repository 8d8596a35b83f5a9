package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.reconcile.Reconciliation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reconcile",
        description = "Tells where every invoice of a flow stands with its money, and what has drifted apart.")
final class ReconcileCommand extends OnConfiguration {

    @Parameters(index = "1", description = "A flow of invoices.")
    private String flow = "";

    @Option(names = "--page", paramLabel = "FILE", description = "Also write a page that works from disk.")
    private @Nullable Path page;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write a line per invoice.")
    private @Nullable Path csv;

    @Override
    int on(Integration integration) {
        Reconciliation reconciliation = integration.engine().reconcile(flow);
        if (json()) {
            out().println(reconciliation.toJson());
        } else {
            var table = new Table("standing", "invoices");
            reconciliation
                    .counts()
                    .forEach((standing, count) ->
                            table.add(standing.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
            print(table);
            out().println(reconciliation.unmatched().size() + " unmatched, "
                    + reconciliation.drift().size() + " drifted");
        }
        write(page, reconciliation::toHtml);
        write(csv, reconciliation::toCsv);
        return reconciliation.drift().isEmpty() && reconciliation.unmatched().isEmpty() ? 0 : 1;
    }

    private static void write(@Nullable Path file, Supplier<String> text) {
        if (file != null) {
            try {
                Files.writeString(file, text.get());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
    }
}
