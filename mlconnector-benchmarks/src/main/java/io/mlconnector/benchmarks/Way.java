package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;

/** A way from the bytes of a page to canonical records, and from a record to its fingerprint and the body of a form. For one thread. */
interface Way {

    /** Takes the records of a page one by one. */
    @FunctionalInterface
    interface Records {

        void take(Change<Invoice> change);
    }

    void read(byte[] page, Records records);

    /** Returns the first 64 bits of SHA-256 over all of the record. */
    long fingerprint(Invoice invoice);

    byte[] form(Invoice invoice);
}
