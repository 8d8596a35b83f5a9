package io.mlconnector.benchmarks;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the ledger writes for a batch of new invoices of a usual size. */
final class LedgerRows {

    static final String FLOW = "invoices";

    private static final Endpoint SOURCE = Endpoint.parse("ifs-prod/invoices");
    private static final Endpoint TARGET = Endpoint.parse("stripe-prod/invoices");
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final List<String> FIELDS =
            List.of("customer", "dueOn", "issuedOn", "lines", "memo", "net", "number", "status", "tax", "total");
    private static final Map<String, String> RULES = Map.of(
            "total", "total <- GrossCurrAmount, decimal, required => (compared)",
            "number", "number <- InvoiceNo, id, required => custom_fields",
            "dueOn", "dueOn <- DueDate, date => due_date <- dueOn, noon UTC of the day");

    final List<RecordKey> sources = new ArrayList<>();
    final List<Intent> intents = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<AuditEntry> entries = new ArrayList<>();

    LedgerRows(long from, int count) {
        for (long i = from; i < from + count; i++) {
            RecordKey source = SOURCE.key("10|F|2026|" + i);
            RecordKey target = TARGET.key("in_1RzErp" + i);
            Fingerprint fingerprint = fingerprint(i);
            sources.add(source);
            intents.add(new Intent(
                    FLOW,
                    source,
                    TARGET,
                    null,
                    Action.CREATE,
                    new IdempotencyKey("mlc-" + "0123456789abcdef".repeat(2) + i),
                    "{\"number\":\"" + i + "\",\"payload\":\"" + "x".repeat(700) + "\"}",
                    fingerprint,
                    Set.of(),
                    AT,
                    0,
                    null));
            links.add(new Link(source, target, null, fingerprint, AT));
            entries.add(new AuditEntry(
                    FLOW,
                    "0b0c3b52-6f0e-4a4b-9b9c-0c6d7c1f8e11",
                    source,
                    "W/\"1\"",
                    target,
                    Action.CREATE,
                    RULES,
                    "generic/invoices:1 -> stripe:1",
                    1,
                    AuditEntry.Outcome.APPLIED,
                    null,
                    "req_" + i,
                    AT));
        }
    }

    private static Fingerprint fingerprint(long seed) {
        var fields = new TreeMap<String, Long>();
        for (String field : FIELDS) {
            fields.put(field, seed * 0x9E3779B97F4A7C15L + field.hashCode());
        }
        return new Fingerprint(seed, fields);
    }
}
