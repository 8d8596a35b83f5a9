package io.mlconnector.engine.simulation;

import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Ledger;
import java.time.Duration;
import java.util.List;

/** What outlives every process: the remote systems, the ledger's state and time. */
final class World {

    static final Duration SETTLE_TIME = Duration.ofSeconds(90);
    private static final int REFERENCED = 5;

    final Dice dice;
    final SimulatedTime time = new SimulatedTime();
    final Trace trace = new Trace(time);
    final Plant plant;
    final InMemoryLedger ledger = new InMemoryLedger();
    final Ledger store;
    final Suspense suspense = new Suspense(time, SETTLE_TIME, trace);
    final Entity<Customer> customers;
    final Entity<Invoice> invoices;
    final int pageSize;
    final boolean loadByKey;
    final int lanes;
    final int batch;
    final int maxBatch;

    World(long seed, Plant plant) {
        this.dice = new Dice(seed);
        this.plant = plant;
        this.store = plant.store(ledger);
        Duration skew = Duration.ofSeconds(dice.below(121) - 60);
        customers = new Entity<>("customers", Customer.class, new ChangeLog<>(time, skew), new Documents<>("C", trace));
        invoices = new Entity<>("invoices", Invoice.class, new ChangeLog<>(time, skew), new Documents<>("I", trace));
        pageSize = 1 + dice.below(4);
        loadByKey = dice.chance(50);
        lanes = 1 + dice.below(3);
        batch = 1 + dice.below(4);
        maxBatch = 1 + dice.below(3);
    }

    /** Whether a fault happens now. */
    boolean strikes(Fault fault) {
        boolean strikes = dice.fault(fault);
        if (strikes) {
            trace.met(fault);
        }
        return strikes;
    }

    List<Entity<?>> entities() {
        return List.of(customers, invoices);
    }

    /** Somebody works at the source. Customers that invoices refer to stay. */
    void edit() {
        int content = dice.below(6);
        Duration delay = dice.chance(60) ? Duration.ZERO : dice.upTo(ChangeLog.LATEST);
        boolean delete = dice.chance(12);
        if (dice.chance(45)) {
            int number = dice.below(REFERENCED + 3);
            String id = "c" + number;
            boolean gone = delete && number >= REFERENCED && customers.log().row(id) != null;
            edited(id, content, gone, customers.log().write(id, gone ? null : Records.customer(id, content), delay));
        } else {
            int number = dice.below(9);
            String id = "i" + number;
            boolean gone = delete && invoices.log().row(id) != null;
            var invoice = Records.invoice(id, "c" + number % REFERENCED, content);
            edited(id, content, gone, invoices.log().write(id, gone ? null : invoice, delay));
        }
    }

    private void edited(String id, int content, boolean gone, boolean done) {
        trace.add("source " + (gone ? "deletes " + id : "sets " + id + " to " + content) + (done ? "" : ": locked"));
    }

    /** Makes what invoices refer to, where it is not there yet. */
    void makeReferenced() {
        for (int number = 0; number < REFERENCED; number++) {
            String id = "c" + number;
            if (customers.log().row(id) == null) {
                customers.log().write(id, Records.customer(id, 0), Duration.ZERO);
            }
        }
    }
}
