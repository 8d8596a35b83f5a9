package io.mlconnector.cloudsuite;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Posts payments, refunds or disputes. A post is found by the record's id, which every line of it carries, so what stands is
 * compared with what must stand, and the difference is posted: nothing, if an earlier try went through.
 */
final class MoneySink<T extends BusinessRecord> implements Sink<T> {

    private final Class<T> type;
    private final BiFunction<T, References, Wanted> matching;
    private final Receivables ledger;
    private final Poster poster;
    private final int maxBatch;
    private final Duration settleTime;
    private final Lineage lineage;

    MoneySink(
            Class<T> type,
            BiFunction<T, References, Wanted> matching,
            Receivables ledger,
            Poster poster,
            int maxBatch,
            Duration settleTime,
            Lineage lineage) {
        this.type = type;
        this.matching = matching;
        this.ledger = ledger;
        this.poster = poster;
        this.maxBatch = maxBatch;
        this.settleTime = settleTime;
        this.lineage = lineage;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public int maxBatch() {
        return maxBatch;
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
        var outcomes = new LinkedHashMap<Write<T>, WriteOutcome>();
        var wanted = new LinkedHashMap<Write<T>, Wanted>();
        for (Write<T> write : batch) {
            try {
                wanted.put(write, wanted(write));
            } catch (EndedException e) {
                outcomes.put(write, e.outcome());
            }
        }
        var postings = new LinkedHashMap<Write<T>, Posting>();
        Map<String, Posted> posted = posted(wanted.values());
        Map<InvoiceId, Receivable> invoices = invoices(wanted, posted);
        Set<String> references = new HashSet<>();
        wanted.forEach((write, it) -> {
            try {
                Posted there = posted.getOrDefault(it.reference(), Posted.of(List.of(), "", Map.of()));
                if (!references.add(it.reference())) {
                    throw EndedException.with(WriteOutcome.Deferred.later(
                            "another record of the same batch has the reference " + it.reference()));
                }
                postings.put(write, poster.plan(it, there, PostingKeys.batch(write.idempotencyKey()), invoices));
            } catch (EndedException e) {
                outcomes.put(write, e.outcome());
            }
        });
        List<Posting> planned = new ArrayList<>(postings.values());
        List<WriteOutcome> results = poster.post(planned);
        int at = 0;
        for (Write<T> write : postings.keySet()) {
            outcomes.put(write, results.get(at));
            at++;
        }
        return batch.stream().map(outcomes::get).toList();
    }

    private Map<String, Posted> posted(Collection<Wanted> wanted) {
        List<String> references = wanted.stream().map(Wanted::reference).toList();
        return references.isEmpty() ? Map.of() : ledger.posted(references);
    }

    /** The invoices that something is posted to. */
    private Map<InvoiceId, Receivable> invoices(Map<Write<T>, Wanted> wanted, Map<String, Posted> posted) {
        var ids = new ArrayList<InvoiceId>();
        wanted.values().forEach(it -> {
            Posted there = posted.get(it.reference());
            if (there != null) {
                ids.addAll(there.missing(it.amounts()).keySet());
            }
        });
        return ledger.read(ids);
    }

    @Override
    public Lookup find(Write<T> write) {
        Wanted wanted;
        try {
            wanted = wanted(write);
        } catch (EndedException e) {
            return Lookup.ABSENT; // what does not match is not posted either
        }
        Posted posted = ledger.posted(List.of(wanted.reference()))
                .getOrDefault(wanted.reference(), Posted.of(List.of(), "", Map.of()));
        if (posted.doubled().isPresent()) {
            return new Lookup.CannotTell(wanted.name() + ": " + posted.doubled().get());
        }
        boolean whole = posted.missing(wanted.amounts()).isEmpty()
                && posted.missingFee(wanted.fee()).signum() == 0;
        Set<String> unfinished = poster.unfinished(posted);
        if (whole && unfinished.isEmpty()) {
            return new Lookup.Found(wanted.target());
        }
        if (whole) {
            return new Lookup.Partial(
                    wanted.target(), "posted, but not finished: batch " + String.join(", ", unfinished));
        }
        String batch = PostingKeys.batch(write.idempotencyKey());
        return posted.has(batch)
                ? new Lookup.Partial(wanted.target(), "posted in part, in batch " + batch)
                : Lookup.ABSENT;
    }

    private Wanted wanted(Write<T> write) {
        try {
            return write.match(new Write.Cases<T, Wanted>() {
                @Override
                public Wanted create(Write.Create<T> create) {
                    return matching.apply(create.record(), create.references());
                }

                @Override
                public Wanted update(Write.Update<T> update) {
                    return matching.apply(update.record(), update.references());
                }

                @Override
                public Wanted remove(Write.Remove<T> remove) {
                    return removal(remove);
                }
            });
        } catch (MappingException e) {
            throw EndedException.rejected(write.key() + ": " + e.getMessage());
        }
    }

    /** Nothing may stand any more; where it stands, the reference tells. */
    private static Wanted removal(Write.Remove<?> remove) {
        TargetRef target = remove.target();
        return new Wanted(
                Wanted.reference(target.id()),
                remove.key().toString(),
                Map.of(),
                "",
                BigDecimal.ZERO,
                null,
                null,
                remove.intendedAt(),
                GlString.NONE);
    }
}
