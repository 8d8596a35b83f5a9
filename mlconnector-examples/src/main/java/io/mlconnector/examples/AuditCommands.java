package io.mlconnector.examples;

import io.mlconnector.audit.AuditExport;
import io.mlconnector.config.Integration;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description = "What was sent, why, and what it was derived from.",
        subcommands = {AuditCommands.Show.class, AuditCommands.Verify.class, AuditCommands.Export.class})
final class AuditCommands extends Group {

    @Command(name = "show", description = "Shows entries, newest first.")
    static final class Show extends OnConfiguration {

        @Option(names = "--flow", description = "Of this flow alone.")
        private @Nullable String flow;

        @Option(names = "--id", description = "Of this record alone, by its id at the source of the flow.")
        private @Nullable String id;

        @Option(names = "--target-id", description = "Of this document alone, by its id at the target.")
        private @Nullable String targetId;

        @Option(
                names = "--limit",
                defaultValue = "50",
                description = "How many at most; ${DEFAULT-VALUE} if not given.")
        private int limit = 50;

        @Override
        int on(Integration integration) {
            AuditQuery query = AuditQuery.newest(limit).withFlow(flow).withTargetId(targetId);
            if (id != null) {
                if (flow == null) {
                    throw new IllegalArgumentException("--id needs --flow, because ids are those of a flow's source");
                }
                query = query.withSource(key(integration.engine().operations(), flow, id));
            }
            AuditQuery asked = query;
            var table = new Table("at", "flow", "record", "action", "outcome", "target", "request", "fields", "detail");
            integration
                    .ledger()
                    .read(tx -> tx.audit().query(asked))
                    .forEach(entry -> table.add(
                            entry.at(),
                            entry.flow(),
                            entry.source().id(),
                            entry.action(),
                            entry.outcome(),
                            entry.target() == null ? null : entry.target().id(),
                            entry.requestId(),
                            json()
                                    ? entry.changes()
                                    : String.join(" ", entry.changes().keySet()),
                            entry.detail()));
            print(table);
            return 0;
        }
    }

    @Command(
            name = "verify",
            description = "Walks the chain of hashes, and names the first entry that was altered or removed.")
    static final class Verify extends OnConfiguration {

        @Override
        int on(Integration integration) {
            Optional<String> fault = integration.ledger().read(tx -> tx.audit().verify());
            out().println(fault.orElse("every entry is as it was written"));
            return fault.isPresent() ? 1 : 0;
        }
    }

    @Command(
            name = "export",
            description = "Writes all entries to a file that verifies by itself, and can remove them from the ledger.")
    static final class Export extends OnConfiguration {

        @Parameters(index = "1", paramLabel = "FILE", description = "Where to; must not exist.")
        private Path file = Path.of("");

        @Option(names = "--prune-by", paramLabel = "PERSON", description = "Remove what was exported, under this name.")
        private @Nullable String person;

        @Override
        int on(Integration integration) {
            Ledger ledger = integration.ledger();
            if (Files.exists(file)) {
                throw new IllegalArgumentException(file + " exists, and is not overwritten");
            }
            try (Writer writer = Files.newBufferedWriter(file)) {
                AuditReceipt receipt = AuditExport.write(ledger, writer);
                writer.flush();
                out().println(receipt.entries() + " entries exported");
                if (person != null) {
                    out().println(AuditExport.prune(ledger, receipt, person, InstantSource.system())
                            + " entries pruned");
                }
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
    }
}
