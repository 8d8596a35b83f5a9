package io.mlconnector.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mlconnector.model.Money;
import io.mlconnector.spi.AuditEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a reconciliation as JSON. */
final class ReconciliationJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ReconciliationJson() {}

    static String write(Reconciliation reconciliation) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(reconciliation, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text takes everything", e);
        }
        return text.toString();
    }

    private static void write(Reconciliation reconciliation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "at", reconciliation.at().truncatedTo(ChronoUnit.SECONDS));
        text(json, "source", reconciliation.source());
        text(json, "target", reconciliation.target());
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
            write(invoice, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unmatched");
        for (Unmatched unmatched : reconciliation.unmatched()) {
            json.writeStartObject();
            fields(unmatched.entry(), json);
            text(json, "reason", unmatched.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("drift");
        for (Drift drift : reconciliation.drift()) {
            json.writeStartObject();
            text(json, "kind", name(drift.kind()));
            text(json, "source", drift.source());
            text(json, "target", drift.target());
            text(json, "detail", drift.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(InvoiceStanding invoice, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "invoice", invoice.invoice());
        text(json, "number", invoice.number());
        text(json, "customer", invoice.customer());
        text(json, "issuedOn", invoice.issuedOn());
        text(json, "dueOn", invoice.dueOn());
        text(json, "counterpart", invoice.counterpart());
        text(json, "standing", name(invoice.standing()));
        text(json, "currency", invoice.total().currency());
        amount(json, "total", invoice.total());
        amount(json, "paid", invoice.paid());
        amount(json, "refunded", invoice.refunded());
        amount(json, "disputed", invoice.disputed());
        amount(json, "outstanding", invoice.outstanding());
        json.writeArrayFieldStart("reasons");
        for (String reason : invoice.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("entries");
        for (MoneyEntry entry : invoice.entries()) {
            json.writeStartObject();
            fields(entry, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("audit");
        for (AuditEntry entry : invoice.audit()) {
            write(entry, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void fields(MoneyEntry entry, JsonGenerator json) throws IOException {
        text(json, "kind", name(entry.kind()));
        text(json, "key", entry.key());
        amount(json, "amount", entry.amount());
        text(json, "currency", entry.amount().currency());
        text(json, "at", entry.at());
        text(json, "state", entry.state());
        text(json, "method", entry.method());
    }

    private static void write(AuditEntry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "at", entry.at());
        text(json, "flow", entry.flow());
        text(json, "run", entry.run());
        text(json, "action", entry.action() == null ? null : name(entry.action()));
        text(json, "outcome", name(entry.outcome()));
        text(json, "source", entry.source());
        text(json, "target", entry.target());
        text(json, "detail", entry.detail());
        text(json, "requestId", entry.requestId());
        json.writeObjectFieldStart("changes");
        for (var change : entry.changes().entrySet()) {
            json.writeStringField(change.getKey(), change.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** A constant as it is written everywhere: in lower case with hyphens. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void amount(JsonGenerator json, String name, Money amount) throws IOException {
        json.writeStringField(name, amount.amount().toPlainString());
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
