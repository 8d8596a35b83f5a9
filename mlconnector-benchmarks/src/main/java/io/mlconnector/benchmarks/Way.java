package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;

/** A way from the bytes of a page to canonical records, and from a record to the body of a form. For one thread. */
interface Way {

    /** Takes the records of a page one by one. */
    @FunctionalInterface
    interface Records {

        void take(Change<Invoice> change);
    }

    void read(byte[] page, Records records);

    byte[] form(Invoice invoice);
}
