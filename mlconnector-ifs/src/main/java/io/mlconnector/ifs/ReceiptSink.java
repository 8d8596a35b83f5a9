package io.mlconnector.ifs;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.ifs.Entry.State;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records payments, refunds or disputes at the invoices they belong to. A record is told by its id: it is recorded once,
 * however often it is written, and its last state counts.
 */
final class ReceiptSink<T extends BusinessRecord> implements Sink<T> {

    private final Class<T> type;
    private final Kind kind;
    private final BiFunction<T, References, List<Posting>> matching;
    private final Receivables invoices;
    private final InvoiceWriter writer;
    private final Duration settleTime;
    private final Lineage lineage;

    ReceiptSink(
            Class<T> type,
            Kind kind,
            BiFunction<T, References, List<Posting>> matching,
            Receivables invoices,
            InvoiceWriter writer,
            Duration settleTime,
            Lineage lineage) {
        this.type = type;
        this.kind = kind;
        this.matching = matching;
        this.invoices = invoices;
        this.writer = writer;
        this.settleTime = settleTime;
        this.lineage = lineage;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public Duration settleTime() {
        return settleTime;
    }

    @Override
    public Lineage lineage() {
        return lineage;
    }

    @Override
    public List<WriteOutcome> write(List<Write<T>> batch) {
        return batch.stream().map(this::write).toList();
    }

    private WriteOutcome write(Write<T> write) {
        int done = 0;
        String requestId = null;
        try {
            Task task = task(write);
            for (Posting posting : task.postings()) {
                String id = writer.write(posting);
                requestId = id == null ? requestId : id;
                done++;
            }
            return new WriteOutcome.Applied(task.target(), requestId);
        } catch (EndedException e) {
            return done == 0 || e.outcome() instanceof WriteOutcome.Rejected
                    ? e.outcome()
                    : partly(write, done, e.getMessage());
        } catch (MappingException e) {
            return new WriteOutcome.Rejected(write.key() + ": " + e.getMessage(), null);
        } catch (OutcomeUnknownException e) {
            return new WriteOutcome.Ambiguous(e.evidence());
        } catch (ConfigurationException e) {
            UnavailableException stop = stopping(e);
            if (done == 0) {
                throw stop;
            }
            return partly(write, done, stop.getMessage());
        } catch (UnavailableException | AuthenticationException e) {
            if (done == 0) {
                throw e;
            }
            return partly(write, done, e.getMessage());
        }
    }

    private static WriteOutcome partly(Write<?> write, int done, @Nullable String why) {
        return new WriteOutcome.Ambiguous(write.key() + " is recorded at " + done + " of its invoices, then: " + why);
    }

    @Override
    public Lookup find(Write<T> write) {
        Task task;
        try {
            task = task(write);
        } catch (EndedException e) {
            return Lookup.ABSENT; // what does not match is not written either
        } catch (MappingException e) {
            return new Lookup.CannotTell(write.key() + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
        return found(task, write);
    }

    private Lookup found(Task task, Write<T> write) {
        long done;
        try {
            done = task.postings().stream().filter(writer::holds).count();
        } catch (EndedException | MappingException e) {
            return new Lookup.CannotTell(write.key() + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
        if (done == task.postings().size()) {
            return new Lookup.Found(task.target());
        }
        return done == 0
                ? Lookup.ABSENT
                : new Lookup.Partial(
                        task.target(),
                        "recorded at " + done + " of " + task.postings().size() + " invoices");
    }

    /** A set that is not there or not granted stops the flow: no other record would fare better. */
    private static UnavailableException stopping(ConfigurationException fault) {
        return new UnavailableException(String.valueOf(fault.getMessage()), Details.NONE, fault);
    }

    /**
     * What a write comes down to.
     *
     * @param target where the record is afterwards
     * @param postings what to record, and what to withdraw
     */
    private record Task(TargetRef target, List<Posting> postings) {}

    private Task task(Write<T> write) {
        return write.match(new Write.Cases<T, Task>() {
            @Override
            public Task create(Write.Create<T> create) {
                return task(create.record(), create.references(), List.of());
            }

            @Override
            public Task update(Write.Update<T> update) {
                List<String> before = ReceiptTarget.parse(update.target().id()).invoices();
                return task(update.record(), update.references(), before);
            }

            @Override
            public Task remove(Write.Remove<T> remove) {
                List<String> before = ReceiptTarget.parse(remove.target().id()).invoices();
                return new Task(remove.target(), withdrawals(remove.key(), before));
            }
        });
    }

    private Task task(T record, References references, List<String> before) {
        List<Posting> postings = matching.apply(record, references);
        var left = new ArrayList<>(before);
        postings.forEach(posting -> left.remove(posting.invoice().id()));
        var all = new ArrayList<>(postings);
        all.addAll(withdrawals(record.key(), left));
        return new Task(
                TargetRef.of(ReceiptTarget.of(record.key().id(), postings).text()), all);
    }

    /** At an invoice that is gone there is nothing to withdraw. */
    private List<Posting> withdrawals(RecordKey key, List<String> from) {
        var entry =
                new Entry(kind, key.connection(), key.id(), State.WITHDRAWN, BigDecimal.ZERO, Instant.EPOCH, key.id());
        return from.stream()
                .flatMap(invoice -> invoices.read(invoice).stream())
                .map(invoice -> new Posting(
                        invoice,
                        writer.entries(invoice)
                                .of(kind, key.connection(), key.id())
                                .map(known -> known.withState(State.WITHDRAWN))
                                .orElse(entry),
                        null,
                        ""))
                .toList();
    }
}
