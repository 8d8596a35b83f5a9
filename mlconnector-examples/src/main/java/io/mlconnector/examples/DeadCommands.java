package io.mlconnector.examples;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.Operations;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Letter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead",
        description = "Dead letters and parked records.",
        subcommands = {
            DeadCommands.ListThem.class,
            DeadCommands.Show.class,
            DeadCommands.Replay.class,
            DeadCommands.Discard.class
        })
final class DeadCommands extends Group {

    @Command(name = "list", description = "Lists what a flow has put aside.")
    static final class ListThem extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Option(names = "--parked", description = "Those that wait for something, and not the dead ones.")
        private boolean parked;

        @Override
        int on(Integration integration) {
            var table = new Table("record", "tries", "last tried", "reason");
            integration
                    .engine()
                    .operations()
                    .letters(flow, parked ? Letter.Kind.PARKED : Letter.Kind.DEAD)
                    .forEach(letter ->
                            table.add(letter.source().id(), letter.attempts(), letter.lastAt(), letter.reason()));
            print(table);
            return 0;
        }
    }

    @Command(name = "show", description = "Shows one letter, with the record as it was read.")
    static final class Show extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Parameters(index = "2", paramLabel = "ID", description = "The record's id at its source.")
        private String id = "";

        @Override
        int on(Integration integration) {
            Operations operations = integration.engine().operations();
            RecordKey key = key(operations, flow, id);
            Letter letter = operations
                    .letter(flow, key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            key + " is neither a dead letter of flow " + flow + " nor parked by it"));
            print(new Table("field", "value")
                    .add("record", letter.source())
                    .add("kind", letter.kind())
                    .add("reason", letter.reason())
                    .add("awaits", letter.awaited())
                    .add("tries", letter.attempts())
                    .add("first put aside", letter.firstAt())
                    .add("last tried", letter.lastAt())
                    .add("tried again", letter.retryAt())
                    .add("as read", letter.payload()));
            return 0;
        }
    }

    @Command(
            name = "replay",
            description = "Tries letters again: those named, those whose reason has a text in it, or all.")
    static final class Replay extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Parameters(index = "2..*", paramLabel = "ID", description = "Records by their ids at the source.")
        private List<String> ids = List.of();

        @Option(names = "--matching", paramLabel = "TEXT", description = "A text that the reason has in it.")
        private String matching = "";

        @Option(names = "--all", description = "All letters of the flow.")
        private boolean all;

        @Override
        int on(Integration integration) {
            SyncEngine engine = integration.engine();
            if (ids.isEmpty() && matching.isEmpty() && !all) {
                throw new IllegalArgumentException("name records, or a text with --matching, or --all");
            }
            return BooksOutput.print(
                    List.of(
                            ids.isEmpty()
                                    ? engine.replay(
                                            flow, letter -> letter.reason().contains(matching))
                                    : engine.replay(
                                            flow,
                                            ids.stream()
                                                    .map(id -> key(engine.operations(), flow, id))
                                                    .toList())),
                    this);
        }
    }

    @Command(name = "discard", description = "Throws a letter away, under a person's name.")
    static final class Discard extends OnConfiguration {

        @Parameters(index = "1", description = "The flow.")
        private String flow = "";

        @Parameters(index = "2", paramLabel = "ID", description = "The record's id at its source.")
        private String id = "";

        @Option(names = "--by", required = true, paramLabel = "PERSON", description = "Who says so, for the audit.")
        private String person = "";

        @Override
        int on(Integration integration) {
            Operations operations = integration.engine().operations();
            operations.discard(flow, key(operations, flow, id), person);
            out().println("discarded");
            return 0;
        }
    }
}
