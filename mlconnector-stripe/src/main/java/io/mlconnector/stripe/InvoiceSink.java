package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Applied;
import io.mlconnector.spi.WriteOutcome.Deferred;
import io.mlconnector.spi.WriteOutcome.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes invoices: routes each write by its kind and by where the invoice stands in Stripe. */
final class InvoiceSink implements Sink<Invoice> {

    private final StripeApi api;
    private final StripeErrors errors;
    private final StripeSettings settings;
    private final InvoiceMapping mapping;
    private final InvoiceFinder finder;
    private final NewInvoice creation;
    private final DraftChange draftChange;
    private final FinalChange finalChange;
    private final Duration settleTime;

    InvoiceSink(
            StripeApi api,
            StripeErrors errors,
            StripeSettings settings,
            InvoiceMapping mapping,
            InvoiceFinder finder,
            Existing<RemoteInvoice> existing,
            Duration settleTime) {
        this.api = api;
        this.errors = errors;
        this.settings = settings;
        this.mapping = mapping;
        this.finder = finder;
        this.settleTime = settleTime;
        Drafts drafts = new Drafts(api);
        LineMapping lines = new LineMapping(settings);
        LineWriter lineWriter = new LineWriter(api, drafts, lines, new Catalog(api));
        Issuing issuing = new Issuing(api, settings.mode());
        this.creation = new NewInvoice(api, mapping, lineWriter, finder, existing, drafts, issuing);
        this.draftChange = new DraftChange(api, mapping, lineWriter, drafts, issuing);
        this.finalChange = new FinalChange(api, settings, mapping, lines, finder, drafts, issuing);
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public List<WriteOutcome> write(List<Write<Invoice>> batch) {
        return batch.stream().map(this::write).toList();
    }

    @Override
    public Lookup find(Write<Invoice> write) {
        return errors.reading(() -> write.match(new Write.Cases<Invoice, Lookup>() {
            @Override
            public Lookup create(Write.Create<Invoice> create) {
                return findCreated(create);
            }

            @Override
            public Lookup update(Write.Update<Invoice> update) {
                boolean there = api.invoiceById(update.target().id())
                        .map(invoice -> Marker.of(invoice.metadata()).is(update.idempotencyKey())
                                || (cancelled(update) && invoice.status().equals("void")))
                        .orElse(cancelled(update));
                return there ? new Lookup.Found(update.target()) : Lookup.ABSENT;
            }

            @Override
            public Lookup remove(Write.Remove<Invoice> remove) {
                boolean gone = api.invoiceById(remove.target().id())
                        .map(invoice -> invoice.status().equals("void"))
                        .orElse(true);
                return gone ? new Lookup.Found(remove.target()) : Lookup.ABSENT;
            }
        }));
    }

    @Override
    public Duration settleTime() {
        return settleTime;
    }

    @Override
    public Lineage lineage() {
        return mapping.rules().lineage();
    }

    private WriteOutcome write(Write<Invoice> write) {
        Attempt attempt = new Attempt(write);
        return errors.outcome(
                attempt,
                () -> write.match(new Write.Cases<Invoice, WriteOutcome>() {
                    @Override
                    public WriteOutcome create(Write.Create<Invoice> create) {
                        Optional<TargetRef> customer =
                                create.references().resolve(create.record().customer());
                        return customer.isEmpty()
                                ? new Deferred(create.record().customer())
                                : applied(creation.write(create, customer.get().id(), attempt));
                    }

                    @Override
                    public WriteOutcome update(Write.Update<Invoice> update) {
                        Optional<TargetRef> customer =
                                update.references().resolve(update.record().customer());
                        return customer.isEmpty()
                                ? new Deferred(update.record().customer())
                                : updated(update, customer.get().id(), attempt);
                    }

                    @Override
                    public WriteOutcome remove(Write.Remove<Invoice> remove) {
                        return removed(remove.target(), attempt);
                    }
                }));
    }

    private WriteOutcome updated(Write.Update<Invoice> update, String customer, Attempt attempt) {
        String id = update.target().id();
        Optional<RemoteInvoice> found = api.invoiceById(id);
        if (found.isEmpty()) {
            return cancelled(update)
                    ? new Applied(update.target(), null)
                    : new Rejected(
                            update.key() + ": the invoice " + id + " was deleted in Stripe, so the link to it is stale:"
                                    + " remove the link to create the invoice anew",
                            null);
        }
        RemoteInvoice there = found.get();
        if (!there.customer().equals(customer)) {
            throw new RejectedException("the customer of an invoice cannot change in Stripe: it is " + there.customer()
                    + " and should be " + customer);
        }
        if (!there.currency().equalsIgnoreCase(update.record().total().currency())) {
            throw new RejectedException("the currency of an invoice cannot change in Stripe: it is " + there.currency()
                    + " and should be " + update.record().total().currency());
        }
        if (cancelled(update)) {
            return removed(update.target(), attempt);
        }
        if (there.draft()) {
            return applied(draftChange.write(update, there, attempt));
        }
        if (there.status().equals("void")) {
            throw new RejectedException(
                    "the invoice " + id + " is void in Stripe, and its number cannot be used again");
        }
        return applied(finalChange.write(update, there, attempt));
    }

    /** A draft is deleted, an open invoice voided, and a paid one stays what it is. */
    private WriteOutcome removed(TargetRef target, Attempt attempt) {
        Optional<RemoteInvoice> there = api.invoiceById(target.id());
        if (there.isPresent() && !there.get().status().equals("void")) {
            if (!there.get().draft() && !there.get().unpaid()) {
                throw new RejectedException("the invoice " + target.id() + " is "
                        + there.get().status() + " in Stripe and cannot be taken back; credit it instead");
            }
            for (RemoteInvoice second :
                    there.get().draft() ? List.<RemoteInvoice>of() : finder.seconds(attempt.record(), there.get())) {
                takeBack(second, attempt);
            }
            takeBack(there.get(), attempt);
        }
        return new Applied(target, there.map(RemoteInvoice::requestId).orElse(null));
    }

    private void takeBack(RemoteInvoice invoice, Attempt attempt) {
        if (invoice.draft()) {
            api.deleteDraft(invoice.id(), attempt);
        } else if (invoice.unpaid()) {
            api.invoiceAction(invoice.id(), "void", Map.of(), attempt.step("void", invoice.id()));
        }
    }

    private Lookup findCreated(Write.Create<Invoice> create) {
        Optional<TargetRef> customer =
                create.references().resolve(create.record().customer());
        if (customer.isEmpty()) {
            return Lookup.ABSENT;
        }
        List<RemoteInvoice> matches =
                finder.matches(create.key(), customer.get().id(), create.intendedAt());
        if (matches.size() != 1 || !matches.get(0).draft()) {
            return CustomerFinder.answer(
                    create.key(), matches.stream().map(RemoteInvoice::id).toList());
        }
        RemoteInvoice draft = matches.get(0);
        String missing = finder.missing(create.record(), draft);
        if (missing.isEmpty() && Issuing.wanted(settings.mode(), create.record())) {
            missing = "is not yet finalized";
        }
        TargetRef target = TargetRef.of(draft.id());
        return missing.isEmpty() ? new Lookup.Found(target) : new Lookup.Partial(target, "the draft " + missing);
    }

    private static boolean cancelled(Write.Update<Invoice> update) {
        return update.record().status() == Invoice.Status.VOID;
    }

    private static WriteOutcome applied(RemoteInvoice invoice) {
        return new Applied(TargetRef.of(invoice.id()), invoice.requestId());
    }
}
