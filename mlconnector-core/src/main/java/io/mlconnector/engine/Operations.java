package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person looks at and puts right between runs: how flows stand, what was put aside, and where a flow goes on reading. What
 * changes something is audited under the person's name. Safe for threads.
 */
public final class Operations {

    private static final int LETTERS_AT_ONCE = 500;

    private final Wiring wiring;
    private final Runs runs;
    private final Ledger ledger;
    private final InstantSource clock;

    Operations(Wiring wiring, Runs runs, Ledger ledger, InstantSource clock) {
        this.wiring = wiring;
        this.runs = runs;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Returns how the flows stand.
     *
     * @return a status per flow, in the order in which they run
     */
    public List<FlowStatus> status() {
        return wiring.flows().stream().map(this::status).toList();
    }

    private FlowStatus status(Flow<?> flow) {
        return ledger.read(tx -> new FlowStatus(
                flow.name(),
                flow.source(),
                flow.target(),
                tx.positions().position(flow.name()),
                tx.deadLetters().count(flow.name(), Letter.Kind.PARKED),
                tx.deadLetters().count(flow.name(), Letter.Kind.DEAD),
                tx.intents().inDoubt(flow.name()).size(),
                tx.intents().open(flow.name()).size(),
                tx.audit().query(AuditQuery.newest(1).withFlow(flow.name())).stream()
                        .map(AuditEntry::at)
                        .findFirst()
                        .orElse(null)));
    }

    /**
     * Returns by which rules a flow makes its records: those of its source, and those of its target.
     *
     * @param flow the name of the flow
     * @return the lineage of the source, then that of the target
     * @throws IllegalArgumentException if there is no such flow
     */
    public List<Lineage> lineage(String flow) {
        Flow<?> known = wiring.flow(flow);
        return List.of(wiring.source(known).lineage(), wiring.sink(known).lineage());
    }

    /**
     * Returns what a flow has put aside.
     *
     * @param flow the name of the flow
     * @param kind dead letters or parked records
     * @return the letters, by their records' ids
     * @throws IllegalArgumentException if there is no such flow
     */
    public List<Letter> letters(String flow, Letter.Kind kind) {
        Flow<?> known = wiring.flow(flow);
        requireNonNull(kind, "kind");
        return ledger.read(tx -> letters(tx, known, kind));
    }

    private static List<Letter> letters(LedgerTransaction tx, Flow<?> flow, Letter.Kind kind) {
        var all = new ArrayList<Letter>();
        List<Letter> some;
        do {
            String after = all.isEmpty() ? "" : all.get(all.size() - 1).source().id();
            some = tx.deadLetters().list(flow.name(), kind, after, LETTERS_AT_ONCE);
            all.addAll(some);
        } while (some.size() == LETTERS_AT_ONCE);
        return all;
    }

    /**
     * Returns the letter of a record.
     *
     * @param flow the name of the flow
     * @param source the record at its source
     * @return the letter, if it was put aside
     * @throws IllegalArgumentException if there is no such flow
     */
    public Optional<Letter> letter(String flow, RecordKey source) {
        Flow<?> known = wiring.flow(flow);
        requireNonNull(source, "source");
        return ledger.read(tx -> tx.deadLetters().find(known.name(), source));
    }

    /**
     * Throws a letter away. Its record is not tried again until the source shows it again.
     *
     * @param flow the name of the flow, which must not be running
     * @param source the record at its source
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if there is no such flow, or the record was not put aside
     */
    public void discard(String flow, RecordKey source, String person) {
        requireNonNull(person, "person");
        runs.now(
                wiring.flow(flow),
                (found, leases) -> ledger.inTransaction(leases.of(found), tx -> {
                    Letter letter = tx.deadLetters()
                            .find(flow, requireNonNull(source, "source"))
                            .orElseThrow(() -> new IllegalArgumentException(
                                    source + " is neither a dead letter of flow " + flow + " nor parked by it"));
                    tx.deadLetters().remove(flow, List.of(source));
                    audit(tx, flow, source, letter.version(), "discarded by " + person + ": " + letter.reason());
                    return letter;
                }));
    }

    /**
     * Returns how far the source of a flow has been read.
     *
     * @param flow the name of the flow
     * @return the position, which only its source can read
     * @throws IllegalArgumentException if there is no such flow
     */
    public Position position(String flow) {
        Flow<?> known = wiring.flow(flow);
        return ledger.read(tx -> tx.positions().position(known.name()));
    }

    /**
     * Has a flow go on reading from another position, such as one that was noted earlier, or {@link Position#START}. What is
     * read again and has not changed is recognised and not written again.
     *
     * @param flow the name of the flow, which must not be running
     * @param position the position
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if there is no such flow
     */
    public void setPosition(String flow, Position position, String person) {
        requireNonNull(person, "person");
        requireNonNull(position, "position");
        runs.now(
                wiring.flow(flow),
                (found, leases) -> ledger.inTransaction(leases.of(found), tx -> {
                    Position before = tx.positions().position(flow);
                    tx.positions().save(flow, position);
                    audit(
                            tx,
                            flow,
                            new RecordKey("ledger", "positions", flow),
                            null,
                            "moved by " + person + " from '" + before.value() + "' to '" + position.value() + "'");
                    return before;
                }));
    }

    private void audit(LedgerTransaction tx, String flow, RecordKey what, @Nullable String version, String detail) {
        tx.audit()
                .append(List.of(new AuditEntry(
                        flow,
                        UUID.randomUUID().toString(),
                        what,
                        version,
                        null,
                        (Action) null,
                        Map.of(),
                        "",
                        0,
                        AuditEntry.Outcome.SETTLED,
                        detail,
                        null,
                        now())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
