package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.RecordKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doubt",
        description = "Writes of which nobody can tell whether they took effect.",
        subcommands = {DoubtCommands.ListThem.class, DoubtCommands.Settle.class})
final class DoubtCommands extends Group {

    @Command(name = "list", description = "Lists the writes of a flow that are in doubt.")
    static final class ListThem extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Override
        int on(Integration integration) {
            var table = new Table("record", "action", "since", "tries", "what is known");
            integration
                    .engine()
                    .inDoubt(flow)
                    .forEach(intent -> table.add(
                            intent.source().id(),
                            intent.action(),
                            intent.intendedAt(),
                            intent.attempts(),
                            intent.doubt()));
            print(table);
            return 0;
        }
    }

    @Command(name = "settle", description = "Settles a write in doubt, after a look at the target.")
    static final class Settle extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Parameters(index = "2", paramLabel = "ID", description = "The record's id at its source.")
        private String id = "";

        @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
        private String person = "";

        @ArgGroup(multiplicity = "1")
        private @Nullable Decision decision;

        static final class Decision {

            @Option(names = "--took-effect", paramLabel = "TARGET-ID", description = "It is there, under this id.")
            private @Nullable String targetId;

            @Option(names = "--write-again", description = "It is not there: send it again.")
            private boolean again;

            @Option(names = "--discard", description = "It is not there, and shall not be: make it a dead letter.")
            private boolean discard;
        }

        @Override
        int on(Integration integration) {
            SyncEngine engine = integration.engine();
            RecordKey key = key(engine.operations(), flow, id);
            Decision made = requireNonNull(decision, "decision");
            if (made.again) {
                return BooksOutput.print(List.of(engine.writeAgain(flow, key)), this);
            }
            if (made.discard) {
                engine.discard(flow, key, person);
            } else {
                engine.confirm(flow, key, requireNonNull(made.targetId, "targetId"), person);
            }
            out().println("settled");
            return 0;
        }
    }
}
