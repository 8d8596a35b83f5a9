package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bytes of a page, canonical record, fingerprint, body of a form: what becomes of every record. For one thread. */
final class WholePath {

    /** Takes what has become of a record. */
    @FunctionalInterface
    interface Results {

        void take(long fingerprint, byte[] form);
    }

    private final Way way;

    WholePath(Way way) {
        this.way = way;
    }

    void run(byte[] page, Results results) {
        way.read(page, change -> {
            Invoice invoice = Objects.requireNonNull(change.record());
            results.take(way.fingerprint(invoice), way.form(invoice));
        });
    }

    /** Fingerprints and encodes a record that is read already, and returns the length of the form. */
    int results(Change<Invoice> change) {
        Invoice invoice = Objects.requireNonNull(change.record());
        return way.fingerprint(invoice) == 0 ? 0 : way.form(invoice).length;
    }

    static List<Invoice> invoices(Way way, byte[] page) {
        var invoices = new ArrayList<Invoice>();
        way.read(page, change -> invoices.add(Objects.requireNonNull(change.record())));
        return invoices;
    }

    /** All ways but the floor, by the names of their benchmarks. */
    static Map<String, Way> ways() {
        var ways = new LinkedHashMap<String, Way>();
        ways.put("handStreaming", new HandInvoices());
        ways.put("rules", new RuleInvoices());
        ways.put("pojo", new PojoInvoices());
        ways.put("tree", new TreeInvoices());
        ways.put("mapStruct", new MapStructInvoices());
        ways.put("jslt", new JsltInvoices());
        ways.put("jolt", new JoltInvoices());
        ways.put("jsonata", new JsonataInvoices());
        ways.put("olingo", new OlingoInvoices());
        return ways;
    }
}
