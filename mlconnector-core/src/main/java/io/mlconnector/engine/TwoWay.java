package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.engine.Flow.Conflicts;
import io.mlconnector.engine.Planned.Step;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Echo;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.TargetRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refines what a one-way plan would do where records also come back. Tells our own writes from edits, and finds fields that
 * both sides have changed since they were last in step. Before a record is overwritten, the target is asked for its present
 * state. For one thread.
 */
final class TwoWay<T extends BusinessRecord> {

    private final Flow<T> flow;
    private final Flow<T> opposite;
    private final Source<T> here;
    private final Source<T> there;
    private final Terms terms;
    private final Echoes fromHere;
    private final Echoes fromThere;
    private final Ledger ledger;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    /**
     * Makes the two-way view of a flow.
     *
     * @param here reads what the flow reads
     * @param there reads what the flow writes
     * @param fromHere recognises what the opposite flow wrote here
     * @param fromThere recognises what the flow wrote there
     */
    TwoWay(
            Flow<T> flow,
            Flow<T> opposite,
            Source<T> here,
            Source<T> there,
            Terms terms,
            Echoes fromHere,
            Echoes fromThere,
            Ledger ledger) {
        this.flow = flow;
        this.opposite = opposite;
        this.here = here;
        this.there = there;
        this.terms = terms;
        this.fromHere = fromHere;
        this.fromThere = fromThere;
        this.ledger = ledger;
    }

    List<Planned<T>> refine(List<Planned<T>> plans) {
        var linked = new ArrayList<RecordKey>();
        var unlinked = new ArrayList<RecordKey>();
        for (Planned<T> planned : plans) {
            Link link = planned.known().link();
            if (planned.step() == Step.CREATE) {
                unlinked.add(planned.candidate().key());
            } else if (planned.writes() && link != null) {
                linked.add(link.target());
            }
        }
        if (linked.isEmpty() && unlinked.isEmpty()) {
            return plans;
        }
        Memory memory = ledger.read(tx -> remember(tx, linked, unlinked));
        return plans.stream().map(planned -> refined(planned, memory)).toList();
    }

    private Memory remember(LedgerTransaction tx, List<RecordKey> linked, List<RecordKey> unlinked) {
        var back = new HashMap<RecordKey, Link>();
        tx.mappings().known(opposite.name(), opposite.target(), linked).forEach((key, known) -> {
            if (known.link() != null) {
                back.put(key, known.link());
            }
        });
        var forth = new HashMap<RecordKey, Link>();
        Map<RecordKey, TargetRef> counterparts = unlinked.isEmpty()
                ? Map.of()
                : tx.mappings().resolve(flow.target().connection(), unlinked);
        List<RecordKey> written = counterparts.values().stream()
                .map(counterpart -> flow.target().key(counterpart.id()))
                .toList();
        tx.mappings().known(opposite.name(), flow.source(), written).values().stream()
                .flatMap(known -> Stream.ofNullable(known.link()))
                .filter(link -> {
                    TargetRef counterpart = counterparts.get(link.target());
                    return counterpart != null
                            && counterpart.id().equals(link.source().id());
                })
                .forEach(link -> forth.put(link.target(), turned(link)));
        boolean doubtful = !unlinked.isEmpty()
                && tx.intents().inDoubt(opposite.name()).stream().anyMatch(intent -> intent.action() == Action.CREATE);
        return new Memory(back, forth, doubtful);
    }

    /** A link turned round: what was written at its target is expected to be read there. */
    private static Link turned(Link link, Fingerprint expected, Echo echo) {
        RecordKey readFrom = link.target();
        RecordKey writtenFrom = link.source();
        return new Link(readFrom, writtenFrom, null, expected, link.linkedAt(), echo);
    }

    private static Link turned(Link link) {
        Fingerprint written = link.fingerprint();
        return turned(link, Echoes.expected(written), Echo.of(written.fields().keySet(), link.targetVersion()));
    }

    private Planned<T> refined(Planned<T> planned, Memory memory) {
        return switch (planned.step()) {
            case CREATE -> created(planned, memory);
            case UPDATE -> updated(planned, memory);
            case REMOVE -> removed(planned, memory);
            case NOTHING, HOLD, ECHO, PARK -> planned;
        };
    }

    private Planned<T> created(Planned<T> planned, Memory memory) {
        Link link = memory.forth.get(planned.candidate().key());
        if (link != null) {
            Known known =
                    new Known(link, planned.known().held(), planned.known().heldFingerprint());
            return updated(
                    Planned.of(planned.candidate(), Step.UPDATE, planned.fingerprint(), known, Set.of()), memory);
        }
        return memory.doubtful
                ? planned.parked("flow " + opposite.name() + " has creations in doubt, and one of them may have made "
                        + planned.candidate().key())
                : planned;
    }

    private Planned<T> updated(Planned<T> planned, Memory memory) {
        Link link = requireNonNull(planned.known().link());
        T record = requireNonNull(planned.candidate().change().record());
        Set<String> mine =
                changes(link, planned.fingerprint(), planned.candidate().change(), fromHere);
        if (mine.isEmpty()) {
            return planned.with(Step.ECHO);
        }
        mine.removeAll(terms.targetOwned());
        if (mine.isEmpty()) {
            return planned.with(Step.NOTHING);
        }
        Optional<Change<T>> current;
        try {
            current = there.fetch(link.target().id());
        } catch (MappingException e) {
            return planned.parked("cannot tell whether " + link.target() + " has changed as well: " + e.getMessage());
        }
        T other = current.map(Change::record).orElse(null);
        if (current.isEmpty() || other == null) {
            return conflictWithRemoval(planned, link, mine);
        }
        other = opposite.transformed(other);
        Fingerprint otherFingerprint = fingerprinter.of(other);
        Link back = memory.back.getOrDefault(link.target(), turned(link));
        Set<String> theirs = changes(back, otherFingerprint, current.get(), fromThere);
        theirs.removeAll(terms.sourceOwned());
        Set<String> agreed = agreed(planned.fingerprint(), otherFingerprint);
        var notTakenOver = new TreeSet<>(theirs);
        notTakenOver.removeAll(agreed);
        var yielded = new TreeSet<String>();

        mine.removeAll(agreed);
        var contested = new TreeSet<>(mine);
        contested.retainAll(theirs);
        if (mine.isEmpty()) {
            return planned.with(Step.ECHO, seen(back, planned.fingerprint(), agreed));
        }
        if (!contested.isEmpty()) {
            switch (winner(planned.candidate().change(), current.get())) {
                case SOURCE_WINS -> {
                    theirs.removeAll(contested);
                    notTakenOver.removeAll(contested);
                }
                case TARGET_WINS -> {
                    mine.removeAll(contested);
                    yielded.addAll(contested);
                }
                case NEWEST_WINS, PARK_FOR_REVIEW -> {
                    return planned.parked("conflict: " + planned.candidate().key() + " and " + link.target()
                            + " have both changed " + String.join(", ", contested));
                }
            }
            if (mine.isEmpty()) {
                yielded.addAll(agreed);
                return planned.with(Step.NOTHING, seen(back, planned.fingerprint(), yielded));
            }
        }
        var fromOther = new TreeSet<>(theirs);
        fromOther.addAll(terms.targetOwned());
        fromOther.removeAll(mine);
        Fingerprint untaken = Echoes.replaced(otherFingerprint, back.fingerprint(), notTakenOver);
        return planned.updating(
                mine,
                Merge.of(record, other, fromOther),
                new TargetRef(link.target().id(), current.get().version()),
                Echoes.replaced(untaken, planned.fingerprint(), yielded));
    }

    /**
     * What the opposite flow is to take for written at this side, though nothing is written: fields that are the same on both
     * sides, and fields in which this side gives way. It finds a difference then also if the other side sets back what it
     * changed before that flow comes to read it.
     */
    private static @Nullable Link seen(Link opposite, Fingerprint here, Set<String> fields) {
        Fingerprint before = opposite.fingerprint();
        Fingerprint seen = Echoes.replaced(before, here, fields);
        return seen.changedSince(before).isEmpty()
                ? null
                : new Link(
                        opposite.source(),
                        opposite.target(),
                        opposite.targetVersion(),
                        seen,
                        opposite.linkedAt(),
                        opposite.echo());
    }

    private static Set<String> agreed(Fingerprint one, Fingerprint other) {
        var agreed = new TreeSet<>(one.names());
        agreed.removeAll(one.changedSince(other));
        return agreed;
    }

    private static <T extends BusinessRecord> Set<String> changes(
            Link link, Fingerprint now, Change<T> change, Echoes echoes) {
        return new TreeSet<>(
                link.echo() == null
                        ? now.changedSince(link.fingerprint())
                        : echoes.unexpected(link, now, change.version()));
    }

    private Planned<T> conflictWithRemoval(Planned<T> planned, Link link, Set<String> mine) {
        return switch (terms.policyOrDefault()) {
            case SOURCE_WINS -> planned;
            case TARGET_WINS -> planned.with(Step.NOTHING);
            case NEWEST_WINS, PARK_FOR_REVIEW ->
                planned.parked("conflict: " + planned.candidate().key() + " has changed " + String.join(", ", mine)
                        + ", and " + link.target() + " is gone");
        };
    }

    private Planned<T> removed(Planned<T> planned, Memory memory) {
        Link link = requireNonNull(planned.known().link());
        if (terms.policyOrDefault() == Conflicts.SOURCE_WINS) {
            return planned;
        }
        Set<String> theirs;
        try {
            Change<T> current = there.fetch(link.target().id()).orElse(null);
            if (current == null || current.record() == null) {
                return planned;
            }
            Fingerprint fingerprint = fingerprinter.of(opposite.transformed(current.record()));
            theirs = changes(memory.back.getOrDefault(link.target(), turned(link)), fingerprint, current, fromThere);
        } catch (MappingException e) {
            return planned.parked("cannot tell whether " + link.target() + " has changed: " + e.getMessage());
        }
        theirs.removeAll(terms.sourceOwned());
        return theirs.isEmpty()
                ? planned
                : planned.parked("conflict: " + planned.candidate().key() + " is gone, and " + link.target()
                        + " has changed " + String.join(", ", theirs));
    }

    /** Ages are taken at one moment: what this flow read may have waited for its page. */
    private Conflicts winner(Change<T> read, Change<T> current) {
        if (terms.policyOrDefault() != Conflicts.NEWEST_WINS) {
            return terms.policyOrDefault();
        }
        Optional<Duration> mine;
        try {
            mine = here.fetch(read.key().id()).flatMap(Change::age);
        } catch (MappingException e) {
            return Conflicts.PARK_FOR_REVIEW;
        }
        Optional<Duration> theirs = current.age();
        if (mine.isEmpty() || theirs.isEmpty() || mine.equals(theirs)) {
            return Conflicts.PARK_FOR_REVIEW;
        }
        return mine.get().compareTo(theirs.get()) < 0 ? Conflicts.SOURCE_WINS : Conflicts.TARGET_WINS;
    }

    /** Within the settlement of this flow's writes: what the opposite flow is to read back. */
    void expectEchoes(LedgerTransaction tx, List<Link> links, Map<RecordKey, Effect<T>> writes) {
        List<RecordKey> targets = links.stream().map(Link::target).toList();
        Map<RecordKey, Known> known = tx.mappings().known(opposite.name(), opposite.target(), targets);
        tx.mappings()
                .put(links.stream()
                        .map(link -> echo(
                                link,
                                known.getOrDefault(link.target(), Known.NOTHING).link(),
                                requireNonNull(writes.get(link.source()))))
                        .toList());
    }

    /** What was found after its outcome had been unknown may have been edited since, so its version proves nothing. */
    private Link echo(Link link, @Nullable Link before, Effect<T> effect) {
        String version = effect.found() ? null : link.targetVersion();
        Set<String> written = effect.intent().changedFields();
        Fingerprint there = effect.there();
        if (there != null) {
            return turned(link, Echoes.expected(there, link.fingerprint(), written), Echo.of(written, version));
        }
        if (before == null || written.isEmpty()) {
            return turned(
                    link,
                    Echoes.expected(link.fingerprint()),
                    Echo.of(link.fingerprint().fields().keySet(), version));
        }
        var unread = new TreeSet<>(written);
        if (before.echo() != null) {
            unread.addAll(before.echo().fields());
        }
        return turned(
                link, Echoes.expected(before.fingerprint(), link.fingerprint(), written), Echo.of(unread, version));
    }

    /** Within the settlement of this flow's removals. */
    void forget(LedgerTransaction tx, List<RecordKey> targets) {
        tx.mappings().remove(opposite.target(), targets);
    }

    /**
     * What the ledger knows of a page beyond its own links.
     *
     * @param back links of the opposite flow, by the record at this flow's target
     * @param forth links that the opposite flow made, turned round, by the record at this flow's source
     * @param doubtful whether a record without a link may be a creation in doubt of the opposite flow
     */
    private record Memory(Map<RecordKey, Link> back, Map<RecordKey, Link> forth, boolean doubtful) {}
}
