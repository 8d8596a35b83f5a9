package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Applied;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes customers. A customer is never deleted in Stripe, because that ends what it has there. */
final class CustomerSink implements Sink<Customer> {

    private static final String REMOVED = "erp_removed";

    private final StripeApi api;
    private final StripeErrors errors;
    private final CustomerMapping mapping;
    private final CustomerFinder finder;
    private final Existing<RemoteCustomer> existing;
    private final CustomerTaxIds taxIds;
    private final Duration settleTime;

    CustomerSink(
            StripeApi api,
            StripeErrors errors,
            CustomerMapping mapping,
            CustomerFinder finder,
            Existing<RemoteCustomer> existing,
            Duration settleTime) {
        this.api = api;
        this.errors = errors;
        this.mapping = mapping;
        this.finder = finder;
        this.existing = existing;
        this.taxIds = new CustomerTaxIds(api);
        this.settleTime = settleTime;
    }

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public List<WriteOutcome> write(List<Write<Customer>> batch) {
        return batch.stream().map(this::write).toList();
    }

    @Override
    public Lookup find(Write<Customer> write) {
        return errors.reading(() -> write.match(new Write.Cases<Customer, Lookup>() {
            @Override
            public Lookup create(Write.Create<Customer> create) {
                List<String> ids = finder.matches(create.record(), create.intendedAt()).stream()
                        .map(RemoteCustomer::id)
                        .toList();
                return CustomerFinder.answer(create.key(), ids);
            }

            @Override
            public Lookup update(Write.Update<Customer> update) {
                return reached(update, update.target());
            }

            @Override
            public Lookup remove(Write.Remove<Customer> remove) {
                return reached(remove, remove.target());
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

    private WriteOutcome write(Write<Customer> write) {
        Attempt attempt = new Attempt(write);
        return errors.outcome(
                attempt,
                () -> write.match(new Write.Cases<Customer, WriteOutcome>() {
                    @Override
                    public WriteOutcome create(Write.Create<Customer> create) {
                        return applied(created(create, attempt));
                    }

                    @Override
                    public WriteOutcome update(Write.Update<Customer> update) {
                        return applied(updated(update, attempt));
                    }

                    @Override
                    public WriteOutcome remove(Write.Remove<Customer> remove) {
                        RemoteCustomer there = existing(remove.target());
                        return applied(mark(there, Map.of("metadata[" + REMOVED + "]", "true"), attempt));
                    }
                }));
    }

    private RemoteCustomer created(Write.Create<Customer> create, Attempt attempt) {
        Map<String, Object> parameters = mapping.render(create.record());
        Optional<RemoteCustomer> earlier = only(create.key(), existing.of(create.key()));
        if (earlier.isPresent()) {
            return refreshed(earlier.get(), create, parameters, attempt);
        }
        return new Creation<RemoteCustomer>(
                        step -> api.createCustomer(parameters, step),
                        () -> only(create.key(), finder.matches(create.record(), create.intendedAt()))
                                .map(there -> refreshed(there, create, parameters, attempt)),
                        customer -> customer.replayed() ? api.customerById(customer.id()) : Optional.of(customer))
                .send(attempt, "customer");
    }

    /** What an earlier run left may have had other content. */
    private RemoteCustomer refreshed(
            RemoteCustomer there, Write.Create<Customer> create, Map<String, Object> parameters, Attempt attempt) {
        taxIds.align(
                there.id(),
                create.record(),
                attempt,
                Marker.of(there.metadata()).number());
        var content = new LinkedHashMap<>(parameters);
        content.remove(CustomerMapping.TAX_IDS);
        if (there.metadata().containsKey(REMOVED)) {
            content.put("metadata[" + REMOVED + "]", "");
        }
        return mark(there, content, attempt);
    }

    private static Optional<RemoteCustomer> only(RecordKey key, List<RemoteCustomer> matches) {
        if (matches.size() > 1) {
            throw new RejectedException(CustomerFinder.several(
                    key, matches.stream().map(RemoteCustomer::id).toList()));
        }
        return matches.stream().findFirst();
    }

    private RemoteCustomer updated(Write.Update<Customer> update, Attempt attempt) {
        Map<String, Object> parameters = mapping.renderChanges(update.record(), update.changedFields());
        RemoteCustomer there = existing(update.target());
        if (update.changedFields().contains("taxIds")) {
            taxIds.align(
                    there.id(),
                    update.record(),
                    attempt,
                    Marker.of(there.metadata()).number());
        }
        return mark(there, parameters, attempt);
    }

    /** The marker goes with the last call of an update, so that it tells that the whole update is there. */
    private RemoteCustomer mark(RemoteCustomer there, Map<String, Object> parameters, Attempt attempt) {
        Marker marker = Marker.of(there.metadata()).next(attempt.key());
        var marked = new LinkedHashMap<>(parameters);
        marked.put("metadata[" + Marker.NAME + "]", marker.value());
        return api.updateCustomer(there.id(), marked, attempt.step("customer", there.id(), marked));
    }

    private RemoteCustomer existing(TargetRef target) {
        return api.customerById(target.id())
                .orElseThrow(
                        () -> new RejectedException(
                                "the customer " + target.id()
                                        + " was deleted in Stripe, so the link to it is stale: remove the link to create the customer anew"));
    }

    private Lookup reached(Write<Customer> write, TargetRef target) {
        return api.customerById(target.id())
                .filter(there -> Marker.of(there.metadata()).is(write.idempotencyKey()))
                .<Lookup>map(there -> new Lookup.Found(target))
                .orElse(Lookup.ABSENT);
    }

    private static WriteOutcome applied(RemoteCustomer customer) {
        return new Applied(TargetRef.of(customer.id()), customer.requestId());
    }
}
