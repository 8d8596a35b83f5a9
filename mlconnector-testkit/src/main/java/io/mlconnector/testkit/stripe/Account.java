package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The account with all its endpoints. One call at a time is executed. */
final class Account {

    private final ReentrantLock lock = new ReentrantLock();
    private final World world;
    private final Routes routes = new Routes();
    private final InvoiceBook book;
    private final Customers customers;
    private final Invoices invoices;
    private final Balance balance;
    private final Payments payments;
    private final Refunds refunds;
    private final Disputes disputes;
    private final SubscriptionInvoices subscriptions;
    private final Expansion expansion;

    Account(World world) {
        this.world = world;
        TaxRates taxRates = new TaxRates(world);
        LineTaxes lineTaxes = new LineTaxes(world, taxRates);
        TaxIds taxIds = new TaxIds(world);
        Products products = new Products(world);
        Prices prices = new Prices(world, products);
        book = new InvoiceBook(world, lineTaxes);
        customers = new Customers(world, taxIds);
        balance = new Balance(world);
        payments = new Payments(world, balance);
        refunds = new Refunds(world, balance);
        disputes = new Disputes(world, balance);
        invoices = new Invoices(world, book, taxIds);
        expansion = new Expansion(world, taxIds, payments);
        customers.register(routes);
        products.register(routes);
        prices.register(routes);
        taxRates.register(routes);
        invoices.register(routes);
        LineBuilder lineBuilder = new LineBuilder(world, prices, lineTaxes);
        new InvoiceLines(world, book, lineBuilder).register(routes);
        InvoiceTransitions transitions = new InvoiceTransitions(world, book, payments);
        transitions.register(routes);
        subscriptions = new SubscriptionInvoices(world, book, lineBuilder, transitions);
        new CreditNotes(world, book, payments, refunds).register(routes);
        new PaymentReads(world).register(routes);
        new Events(world).register(routes);
    }

    Routes routes() {
        return routes;
    }

    /** Executes a call and renders its answer before another call can change it. */
    Answer execute(Route route, Invocation call, Origin origin) {
        lock.lock();
        try {
            world.journal().startCall(origin);
            ObjectNode answer = route.operation().run(call);
            return Answer.json(200, expansion.apply(answer, call.params().path("expand")));
        } finally {
            world.journal().endCall();
            lock.unlock();
        }
    }

    /** Something a person does at the Dashboard; a refusal is a mistake of the test. */
    JsonNode byHand(Supplier<ObjectNode> action) {
        lock.lock();
        try {
            return action.get().deepCopy();
        } catch (StripeRefusal refusal) {
            throw new IllegalArgumentException(refusal.getMessage(), refusal);
        } finally {
            lock.unlock();
        }
    }

    List<JsonNode> snapshot(Supplier<List<ObjectNode>> rows) {
        lock.lock();
        try {
            List<JsonNode> copies = new ArrayList<>();
            rows.get().forEach(row -> copies.add(row.deepCopy()));
            return copies;
        } finally {
            lock.unlock();
        }
    }

    World world() {
        return world;
    }

    InvoiceBook book() {
        return book;
    }

    Customers customers() {
        return customers;
    }

    Invoices invoices() {
        return invoices;
    }

    Balance balance() {
        return balance;
    }

    Payments payments() {
        return payments;
    }

    Refunds refunds() {
        return refunds;
    }

    Disputes disputes() {
        return disputes;
    }

    ObjectNode subscriptionInvoice(String customer, long amount, String currency) {
        return subscriptions.make(customer, amount, currency);
    }

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
