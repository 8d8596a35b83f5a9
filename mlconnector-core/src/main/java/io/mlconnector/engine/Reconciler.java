package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.reconcile.Drift;
import io.mlconnector.reconcile.InvoiceStanding;
import io.mlconnector.reconcile.MoneyEntry;
import io.mlconnector.reconcile.Reconciliation;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the invoices of a flow from both of its sides, and all money from the target's, and compares. Writes nothing. */
final class Reconciler {

    /** With more invoices than this, those that match are shown without their history. */
    private static final int HISTORIES = 10_000;

    private static final int KEYS_AT_ONCE = 500;

    private final Ledger ledger;
    private final Flow<Invoice> flow;
    private final Source<Invoice> here;
    private final @Nullable Source<Invoice> there;
    private final List<Source<?>> moneySources;
    private final InstantSource clock;

    /**
     * Makes it for one flow.
     *
     * @param here reads the invoices where they come from
     * @param there reads them where they are paid; null if that system does not show them
     * @param moneySources sources of payments, refunds and disputes of the target's connection
     */
    Reconciler(
            Ledger ledger,
            Flow<Invoice> flow,
            Source<Invoice> here,
            @Nullable Source<Invoice> there,
            List<Source<?>> moneySources,
            InstantSource clock) {
        this.ledger = ledger;
        this.flow = flow;
        this.here = here;
        this.there = there;
        this.moneySources = List.copyOf(moneySources);
        this.clock = clock;
    }

    Reconciliation reconcile() {
        var documents = new TargetInvoices(flow.source().connection());
        if (there != null) {
            all(there, documents::add);
        }
        var money = new MoneyByInvoice();
        moneySources.forEach(source -> all(source, money::add));

        var invoices = new ArrayList<InvoiceStanding>();
        var drift = new ArrayList<Drift>();
        Set<RecordKey> listed = new HashSet<>();
        pages(here, changes -> {
            List<Invoice> page = accepted(changes);
            page.forEach(invoice -> listed.add(invoice.key()));
            compare(page, money, documents, invoices, drift);
        });
        orphans(listed, documents, drift);
        documents.leftOver().forEach(drift::add);
        return new Reconciliation(
                clock.instant(), flow.source(), flow.target(), withHistories(invoices), money.unmatched(), drift);
    }

    private List<Invoice> accepted(List<Change<Invoice>> changes) {
        var invoices = new ArrayList<Invoice>();
        for (Change<Invoice> change : changes) {
            Invoice invoice = change.record();
            if (invoice != null && flow.accepts(invoice)) {
                invoices.add(flow.transformed(invoice));
            }
        }
        return invoices;
    }

    private void compare(
            List<Invoice> page,
            MoneyByInvoice money,
            TargetInvoices documents,
            List<InvoiceStanding> invoices,
            List<Drift> drift) {
        List<RecordKey> keys = page.stream().map(Invoice::key).distinct().toList();
        Map<RecordKey, Known> known = ledger.read(tx -> tx.mappings().known(flow.name(), flow.target(), keys));
        for (Invoice invoice : page) {
            Link link = known.getOrDefault(invoice.key(), Known.NOTHING).link();
            RecordKey counterpart = link == null ? null : link.target();
            TargetInvoices.Document document = counterpart == null ? null : documents.claim(counterpart, invoice.key());
            List<MoneyEntry> entries = counterpart == null ? List.of() : money.claim(counterpart.id());
            invoices.add(new Standings(invoice, counterpart, document, entries).standing());
            if (there != null && counterpart != null) {
                drift(invoice, counterpart, document, drift);
            }
        }
    }

    private static void drift(
            Invoice invoice, RecordKey counterpart, TargetInvoices.@Nullable Document document, List<Drift> drift) {
        if (document == null) {
            drift.add(new Drift(
                    Drift.Kind.TARGET_GONE,
                    invoice.key(),
                    counterpart,
                    "the invoice of " + invoice.total() + " is linked to a document that is not there"));
        } else if (!document.cancelled() && !sameAmount(invoice.total(), document.total())) {
            drift.add(new Drift(
                    Drift.Kind.AMOUNT_DIFFERS,
                    invoice.key(),
                    counterpart,
                    invoice.total() + " at the source, " + document.total() + " over there"));
        }
    }

    private static boolean sameAmount(Money one, Money other) {
        return one.currency().equals(other.currency()) && one.amount().compareTo(other.amount()) == 0;
    }

    private void orphans(Set<RecordKey> listed, TargetInvoices documents, List<Drift> drift) {
        String after = "";
        while (true) {
            String from = after;
            List<RecordKey> linked =
                    ledger.read(tx -> tx.mappings().linked(flow.source(), flow.target(), from, KEYS_AT_ONCE));
            if (linked.isEmpty()) {
                return;
            }
            after = linked.get(linked.size() - 1).id();
            for (RecordKey key : linked) {
                if (!listed.contains(key)) {
                    RecordKey target = ledger.read(tx -> tx.mappings().find(key, flow.target()))
                            .map(Link::target)
                            .orElse(null);
                    if (target != null) {
                        documents.claim(target, key);
                    }
                    drift.add(new Drift(
                            Drift.Kind.ORPHAN_LINK, key, target, "linked, and not listed by its source any more"));
                }
            }
        }
    }

    private List<InvoiceStanding> withHistories(List<InvoiceStanding> invoices) {
        boolean all = invoices.size() <= HISTORIES;
        return invoices.stream()
                .map(invoice -> all || isOdd(invoice) ? withHistory(invoice) : invoice)
                .toList();
    }

    private static boolean isOdd(InvoiceStanding invoice) {
        return switch (invoice.standing()) {
            case MATCHED, OPEN -> false;
            case NOT_SENT, PART_PAID, OVER_PAID, REFUNDED, DISPUTED -> true;
        };
    }

    private InvoiceStanding withHistory(InvoiceStanding invoice) {
        List<AuditEntry> history = ledger.read(tx -> {
            var entries = new ArrayList<>(tx.audit().query(AuditQuery.ofSource(invoice.invoice())));
            for (MoneyEntry entry : invoice.entries()) {
                entries.addAll(tx.audit().query(AuditQuery.ofSource(entry.key())));
            }
            return entries;
        });
        return invoice.withAudit(history);
    }

    private static <T extends BusinessRecord> void all(Source<T> source, Consumer<? super T> consumer) {
        pages(
                source,
                changes -> changes.forEach(change -> {
                    T record = change.record();
                    if (record != null) {
                        consumer.accept(record);
                    }
                }));
    }

    /** Reads from the start; what is read twice replaces itself. */
    private static <T extends BusinessRecord> void pages(Source<T> source, Consumer<List<Change<T>>> consumer) {
        Position position = Position.START;
        while (true) {
            Page<T> page = source.poll(position);
            consumer.accept(page.changes());
            if (page.last()) {
                return;
            }
            position = requireNonNull(page.next());
        }
    }
}
