package io.mlconnector.syspro;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.syspro.Matching.Matched;
import io.mlconnector.syspro.Matching.State;
import io.mlconnector.syspro.Receivables.Receivable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Posts payments, refunds or disputes once their money has moved. SYSPRO posts whatever it is sent, as often as it is sent, so
 * nothing is sent twice without a look at what is there. What was posted is never changed: that is for a person in SYSPRO.
 */
final class ReceiptSink<T extends BusinessRecord> implements Sink<T> {

    private static final int MOST_WRITES = 500;

    private final Class<T> type;
    private final Matching.Reading<T> reading;
    private final Receipts receipts;
    private final @Nullable Poster poster;
    private final boolean incoming;
    private final Lineage lineage;

    /**
     * Makes a sink.
     *
     * @param poster posts; null if records are only recorded
     * @param incoming whether money comes in, so that balances limit it
     */
    ReceiptSink(
            Class<T> type,
            Matching.Reading<T> reading,
            Receipts receipts,
            @Nullable Poster poster,
            boolean incoming,
            Lineage lineage) {
        this.type = type;
        this.reading = reading;
        this.receipts = receipts;
        this.poster = poster;
        this.incoming = incoming;
        this.lineage = lineage;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public int maxBatch() {
        return MOST_WRITES;
    }

    @Override
    public Duration settleTime() {
        return receipts.settings().settleTime();
    }

    @Override
    public Lineage lineage() {
        return lineage;
    }

    /**
     * What a write comes down to.
     *
     * @param key the record
     * @param target where it is afterwards
     * @param wants what is to be posted; nothing if all is done
     * @param matched the record; null where nothing is posted
     */
    private record Task(
            RecordKey key,
            TargetRef target,
            List<Want> wants,
            @Nullable Matched matched) {}

    @Override
    public List<WriteOutcome> write(List<Write<T>> batch) {
        ReentrantLock turn = receipts.turn();
        turn.lock(); // balances are read and used up in turn
        try {
            return inTurn(batch);
        } finally {
            turn.unlock();
        }
    }

    private List<WriteOutcome> inTurn(List<Write<T>> batch) {
        var outcomes = new LinkedHashMap<Write<T>, WriteOutcome>();
        var tasks = new LinkedHashMap<Write<T>, Task>();
        for (Write<T> write : batch) {
            try {
                Task task = task(write);
                if (task.wants().isEmpty()) {
                    outcomes.put(write, new WriteOutcome.Applied(task.target(), null));
                } else {
                    tasks.put(write, task);
                }
            } catch (EndedException e) {
                outcomes.put(write, e.outcome());
            }
        }
        if (poster != null && !tasks.isEmpty()) {
            post(tasks, outcomes, poster);
        }
        return batch.stream()
                .map(write -> outcomes.getOrDefault(write, new WriteOutcome.Throttled(Duration.ZERO)))
                .toList();
    }

    private void post(Map<Write<T>, Task> tasks, Map<Write<T>, WriteOutcome> outcomes, Poster by) {
        Set<String> ids = new LinkedHashSet<>();
        tasks.values().forEach(task -> task.wants().forEach(want -> ids.add(want.invoice())));
        Map<String, Receivable> open = new HashMap<>(receipts.invoices().read(ids));
        var jobs = new LinkedHashMap<Write<T>, Poster.Job>();
        tasks.forEach((write, task) -> {
            try {
                jobs.put(write, new Poster.Job(task.target(), movements(task, open)));
            } catch (EndedException e) {
                outcomes.put(write, e.outcome());
            }
        });
        by.post(List.copyOf(jobs.values()));
        jobs.forEach((write, job) -> outcomes.put(write, job.outcome()));
    }

    private List<Movement> movements(Task task, Map<String, Receivable> open) {
        var movements = new ArrayList<Movement>();
        var changed = new HashMap<String, Receivable>();
        for (Want want : task.wants()) {
            Receivable invoice = changed.getOrDefault(want.invoice(), open.get(want.invoice()));
            if (invoice == null) {
                throw EndedException.with(WriteOutcome.Deferred.later("unmatched: "
                        + Matching.name(task.key(), want.amount()) + " belongs to the invoice " + want.invoice()
                        + ", which is not there, or no invoice"));
            }
            if (!invoice.currency().equals(want.amount().currency())) {
                throw EndedException.rejected("the currency of " + Matching.name(task.key(), want.amount())
                        + " must be that of the invoice " + want.invoice() + ", which is " + invoice.currency());
            }
            BigDecimal amount = want.amount().amount();
            BigDecimal applied = incoming ? amount.min(invoice.balance().max(BigDecimal.ZERO)) : amount;
            BigDecimal unapplied = amount.subtract(applied);
            if (unapplied.signum() > 0 && receipts.settings().overpayment() == ReceiptSettings.Overpayment.PARK) {
                throw EndedException.with(WriteOutcome.Deferred.later(Matching.name(task.key(), want.amount())
                        + " is more than what is open on the invoice " + want.invoice() + ", "
                        + invoice.balance().toPlainString()));
            }
            changed.put(want.invoice(), invoice.less(incoming ? applied : applied.negate()));
            movements.add(movement(task, invoice, applied, unapplied));
        }
        open.putAll(changed);
        return movements;
    }

    private Movement movement(Task task, Receivable invoice, BigDecimal applied, BigDecimal unapplied) {
        Matched matched = task.matched();
        if (matched == null) {
            throw new IllegalStateException("what is not matched is not posted");
        }
        LocalDate day = matched.at().atZone(receipts.zone()).toLocalDate();
        String reference = receipts.settings().reference(task.key().id());
        return new Movement(
                invoice.customer(), invoice.number(), applied, unapplied, reference, day, matched.narration());
    }

    @Override
    public Lookup find(Write<T> write) {
        Task task;
        try {
            task = task(write);
        } catch (EndedException e) {
            return Lookup.ABSENT; // what does not match is not written either
        }
        if (task.wants().isEmpty() || poster == null) {
            return new Lookup.Found(task.target());
        }
        String reference = receipts.settings().reference(task.key().id());
        long there = task.wants().stream()
                .map(want -> RecordIds.split(want.invoice()))
                .filter(key -> key.size() == 3 && receipts.posted().holds(key.get(0), key.get(1), reference))
                .count();
        if (there == task.wants().size()) {
            return new Lookup.Found(task.target());
        }
        return there == 0
                ? Lookup.ABSENT
                : new Lookup.CannotTell(write.key() + " is posted at " + there + " of "
                        + task.wants().size() + " invoices, although they went in one document");
    }

    private Task task(Write<T> write) {
        return write.match(new Write.Cases<T, Task>() {
            @Override
            public Task create(Write.Create<T> create) {
                return task(
                        create.record(),
                        create.references(),
                        ReceiptTarget.nothing(create.key().id()));
            }

            @Override
            public Task update(Write.Update<T> update) {
                return task(
                        update.record(),
                        update.references(),
                        ReceiptTarget.parse(update.target().id()));
            }

            @Override
            public Task remove(Write.Remove<T> remove) {
                if (ReceiptTarget.parse(remove.target().id()).posted()) {
                    throw EndedException.rejected(remove.key() + " is posted as "
                            + remove.target().id() + " and gone at its source: take the posting back in SYSPRO");
                }
                return new Task(remove.key(), remove.target(), List.of(), null);
            }
        });
    }

    private Task task(T record, References references, ReceiptTarget before) {
        Matched matched = reading.of(record);
        RecordKey key = record.key();
        if (matched.state() != State.MOVED || poster == null) {
            if (before.posted() && matched.state() == State.UNDONE && poster != null) {
                throw EndedException.rejected(key + " is posted as " + before.text()
                        + ", and its money did not move in the end: take the posting back in SYSPRO");
            }
            ReceiptTarget kept = poster == null ? recorded(key, matched, references, before) : before;
            return new Task(key, TargetRef.of(kept.text()), List.of(), null);
        }
        List<Want> wants = matched.wants().find(references);
        var amounts = new LinkedHashMap<String, BigDecimal>();
        wants.forEach(want -> amounts.put(want.invoice(), want.amount().amount()));
        var target = new ReceiptTarget(key.id(), amounts);
        if (before.posted()) {
            if (!before.sameAs(target)) {
                throw EndedException.rejected(key + " is posted as " + before.text() + " and should be " + target.text()
                        + " now: correct it in SYSPRO");
            }
            return new Task(key, TargetRef.of(before.text()), List.of(), null);
        }
        return new Task(key, TargetRef.of(target.text()), wants, matched);
    }

    /** What is only recorded is matched all the same, so that its link names the invoice. */
    private static ReceiptTarget recorded(RecordKey key, Matched matched, References references, ReceiptTarget before) {
        if (matched.state() != State.MOVED) {
            return before;
        }
        var amounts = new LinkedHashMap<String, BigDecimal>();
        matched.wants()
                .find(references)
                .forEach(want -> amounts.put(want.invoice(), want.amount().amount()));
        return new ReceiptTarget(key.id(), amounts);
    }
}
