package io.mlconnector.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mlconnector.model.Money;
import io.mlconnector.spi.AuditEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a reconciliation as JSON. */
final class ReconciliationJson {

    private static final JsonFactory JSON = new JsonFactory();

    /** Most entries of the audit repeat the changes of others, so each set of changes is written once. */
    private final Map<Map<String, String>, Integer> changes = new LinkedHashMap<>();

    private final JsonGenerator json;

    private ReconciliationJson(JsonGenerator json) {
        this.json = json;
    }

    static String text(Reconciliation reconciliation) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new ReconciliationJson(json).write(reconciliation);
        } catch (IOException e) {
            throw new UncheckedIOException("a text takes everything", e);
        }
        return text.toString();
    }

    private void write(Reconciliation reconciliation) throws IOException {
        json.writeStartObject();
        text("at", reconciliation.at().truncatedTo(ChronoUnit.SECONDS));
        text("source", reconciliation.source());
        text("target", reconciliation.target());
        json.writeObjectFieldStart("counts");
        for (var count : reconciliation.counts().entrySet()) {
            json.writeNumberField(name(count.getKey()), count.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("outstanding");
        for (var sum : reconciliation.outstanding().entrySet()) {
            json.writeStringField(sum.getKey(), sum.getValue().amount().toPlainString());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("invoices");
        for (InvoiceStanding invoice : reconciliation.invoices()) {
            write(invoice);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unmatched");
        for (Unmatched unmatched : reconciliation.unmatched()) {
            json.writeStartObject();
            fields(unmatched.entry());
            text("reason", unmatched.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("drift");
        for (Drift drift : reconciliation.drift()) {
            json.writeStartObject();
            text("kind", name(drift.kind()));
            text("source", drift.source());
            text("target", drift.target());
            text("detail", drift.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("changes");
        for (Map<String, String> fields : changes.keySet()) {
            json.writeStartObject();
            for (var field : fields.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(InvoiceStanding invoice) throws IOException {
        json.writeStartObject();
        text("invoice", invoice.invoice());
        text("number", invoice.number());
        text("customer", invoice.customer());
        text("issuedOn", invoice.issuedOn());
        text("dueOn", invoice.dueOn());
        text("counterpart", invoice.counterpart());
        text("standing", name(invoice.standing()));
        text("currency", invoice.total().currency());
        amount("total", invoice.total());
        amount("paid", invoice.paid());
        amount("refunded", invoice.refunded());
        amount("disputed", invoice.disputed());
        amount("outstanding", invoice.outstanding());
        json.writeArrayFieldStart("reasons");
        for (String reason : invoice.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("entries");
        for (MoneyEntry entry : invoice.entries()) {
            json.writeStartObject();
            fields(entry);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("audit");
        for (AuditEntry entry : invoice.audit()) {
            write(entry);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void fields(MoneyEntry entry) throws IOException {
        text("kind", name(entry.kind()));
        text("key", entry.key());
        amount("amount", entry.amount());
        text("currency", entry.amount().currency());
        text("at", entry.at());
        text("state", entry.state());
        text("method", entry.method());
    }

    private void write(AuditEntry entry) throws IOException {
        json.writeStartObject();
        text("at", entry.at());
        text("flow", entry.flow());
        text("run", entry.run());
        text("action", entry.action() == null ? null : name(entry.action()));
        text("outcome", name(entry.outcome()));
        text("source", entry.source());
        text("target", entry.target());
        text("detail", entry.detail());
        text("requestId", entry.requestId());
        json.writeNumberField("changes", changes.computeIfAbsent(entry.changes(), other -> changes.size()));
        json.writeEndObject();
    }

    /** A constant as it is written everywhere: in lower case with hyphens. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void amount(String name, Money amount) throws IOException {
        json.writeStringField(name, amount.amount().toPlainString());
    }

    private void text(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
