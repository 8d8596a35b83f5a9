package io.mlconnector.engine;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.reconcile.Drift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The invoices that a target holds, by their ids there, until an invoice of the source claims them. */
final class TargetInvoices {

    /** The attribute in which an adapter tells which record of which source a document was made from. */
    private static final String ORIGIN = "mlc_key";

    private final String sourceConnection;
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private final Map<String, RecordKey> claimedBy = new LinkedHashMap<>();
    private final Map<String, List<Document>> byOrigin = new LinkedHashMap<>();

    TargetInvoices(String sourceConnection) {
        this.sourceConnection = sourceConnection;
    }

    /** What is kept of one. */
    record Document(
            RecordKey key,
            Money total,
            Invoice.Status status,
            @Nullable String origin) {

        boolean cancelled() {
            return status == Invoice.Status.VOID;
        }
    }

    void add(Invoice invoice) {
        String origin = invoice.attributes().asMap().get(ORIGIN);
        var document = new Document(invoice.key(), invoice.total(), invoice.status(), origin);
        documents.put(invoice.key().id(), document);
        if (origin != null && !document.cancelled()) {
            List<Document> made = byOrigin.computeIfAbsent(origin, key -> new ArrayList<>());
            made.removeIf(earlier -> earlier.key().equals(document.key()));
            made.add(document);
        }
    }

    @Nullable Document claim(RecordKey target, RecordKey source) {
        claimedBy.put(target.id(), source);
        return documents.get(target.id());
    }

    /** Doubles, and documents that say they come from the source and belong to no link. */
    List<Drift> leftOver() {
        var drift = new ArrayList<Drift>();
        byOrigin.forEach((origin, made) -> {
            RecordKey source = source(origin);
            if (source == null) {
                return;
            }
            if (made.size() > 1) {
                drift.add(new Drift(
                        Drift.Kind.DOUBLED,
                        source,
                        made.get(1).key(),
                        made.size() + " documents name it as their origin: "
                                + made.stream()
                                        .map(document -> document.key().id() + " of " + document.total())
                                        .toList()));
            } else if (!claimedBy.containsKey(made.get(0).key().id())) {
                drift.add(new Drift(
                        Drift.Kind.UNLINKED,
                        source,
                        made.get(0).key(),
                        "the document of " + made.get(0).total() + " names it as its origin, and nothing links them"));
            }
        });
        return drift;
    }

    private @Nullable RecordKey source(String origin) {
        String[] parts = origin.split("/", 3);
        return parts.length == 3 && parts[0].equals(sourceConnection)
                ? new RecordKey(parts[0], parts[1], parts[2])
                : null;
    }
}
