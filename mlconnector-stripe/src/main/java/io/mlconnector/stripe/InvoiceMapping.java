package io.mlconnector.stripe;

import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The head of an invoice as parameters of {@code /v1/invoices}. */
final class InvoiceMapping {

    static final Set<String> ONLY_AT_CREATION = Set.of("customer", "currency", "pending_invoice_items_behavior");

    private static final int LONGEST_NUMBER = 26;
    private static final int LONGEST_FIELD = 140;
    private static final int LONGEST_MEMO = 1500;
    private static final String DUE = "due_date";

    /** A due date must lie ahead; calls take a while. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final WriteMapping<Invoice> mapping;
    private final StripeSettings settings;

    InvoiceMapping(StripeSettings settings, Settings overrides) {
        this.settings = settings;
        StripeSettings.MetadataKeys keys = settings.metadata();
        WriteMapping.Rules<Invoice> rules = WriteMapping.<Invoice>named("stripe.invoices", overrides)
                .rule(
                        DUE,
                        "dueOn",
                        "noon UTC of the day; days_until_due=0 if that is past, the setting daysUntilDue if there is none",
                        it -> seconds(it.dueOn()))
                .rule("effective_at", "issuedOn", "noon UTC of the day", it -> seconds(it.issuedOn()))
                .rule(
                        "description",
                        "memo",
                        "at most 1500 characters, cut with an ellipsis",
                        it -> it.memo() == null || it.memo().isBlank() ? null : Texts.cut(it.memo(), LONGEST_MEMO))
                .rule("custom_fields", "number", "printed as " + settings.customFieldName(), this::customFields)
                .rule(
                        "metadata[" + keys.system() + "]",
                        "key",
                        "the connection",
                        it -> it.key().connection())
                .rule(
                        "metadata[" + keys.company() + "]",
                        "company",
                        it -> it.company() == null ? null : Texts.metadata(it.company()))
                .rule("metadata[" + keys.invoiceNo() + "]", "number", it -> Texts.metadata(it.number()))
                .rule("metadata[" + keys.key() + "]", "key", "finds the invoice again", it -> Texts.key(it.key()))
                .rule(
                        "metadata[erp_orders]",
                        "orderNumbers",
                        it -> it.orderNumbers().isEmpty() ? null : Texts.metadata(String.join(", ", it.orderNumbers())))
                .rule(
                        "metadata[erp_due_on]",
                        "dueOn",
                        it -> it.dueOn() == null ? null : it.dueOn().toString())
                .rule("metadata[erp_status]", "status", it -> it.status().name().toLowerCase(Locale.ROOT));
        rules.built("customer", "customer", "its counterpart in Stripe")
                .built("currency", "total", "in lower case; Stripe's total is compared with it")
                .built(
                        "lines[][quantity_decimal], lines[][price_data]",
                        "lines",
                        "where quantity times price is the amount without rounding")
                .built("lines[][amount]", "lines", "elsewhere; quantity, price and discount in the text")
                .built("lines[][description]", "lines", "cut with an ellipsis after 500 characters")
                .built("lines[][tax_amounts]", "lines", "as the ERP worked it out")
                .built("lines[][metadata][erp_line]", "lines", "finds the line again")
                .built("(compared)", "net", "with Stripe's total_excluding_tax")
                .built("(compared)", "tax", "with Stripe's total_taxes");
        if (settings.invoiceNumber()) {
            rules.rule("number", "number", "at most 26 characters", InvoiceMapping::number);
        }
        this.mapping = rules.build();
    }

    WriteMapping<Invoice> rules() {
        return mapping;
    }

    /** Returns the parameters of a new draft. They depend on the write alone, so that a repetition sends the same. */
    Map<String, Object> render(Invoice invoice, String customer, Instant intendedAt) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("customer", customer);
        parameters.put("currency", invoice.total().currency().toLowerCase(Locale.ROOT));
        parameters.put("collection_method", "send_invoice");
        parameters.put("auto_advance", false);
        parameters.put("pending_invoice_items_behavior", "exclude");
        parameters.putAll(mapping.render(invoice));
        due(parameters, intendedAt, true);
        return parameters;
    }

    /** Returns what an update of a draft sends for its head. */
    Map<String, Object> renderChanges(Invoice invoice, Set<String> changedFields, Instant intendedAt) {
        var parameters = new LinkedHashMap<>(mapping.renderChanges(invoice, changedFields));
        due(parameters, intendedAt, changedFields.contains("dueOn"));
        return parameters;
    }

    /** Returns what can still change once the invoice is final. */
    Map<String, Object> renderFinalChanges(Invoice invoice, Set<String> changedFields) {
        var parameters = new LinkedHashMap<>(mapping.renderChanges(invoice, changedFields));
        parameters.keySet().removeIf(name -> !name.startsWith("metadata["));
        return parameters;
    }

    private void due(Map<String, Object> parameters, Instant intendedAt, boolean needed) {
        if (!needed) {
            return;
        }
        if (!(parameters.get(DUE) instanceof Long due)) {
            parameters.remove(DUE);
            parameters.put("days_until_due", settings.daysUntilDue());
        } else if (Instant.ofEpochSecond(due).isBefore(intendedAt.plus(AHEAD))) {
            parameters.remove(DUE);
            parameters.put("days_until_due", 0);
        }
    }

    private List<Map<String, Object>> customFields(Invoice invoice) {
        var field = new LinkedHashMap<String, Object>();
        field.put("name", settings.customFieldName());
        field.put("value", Texts.cut(invoice.number(), LONGEST_FIELD));
        return List.of(field);
    }

    private static String number(Invoice invoice) {
        if (invoice.number().length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException(
                    "must have at most " + LONGEST_NUMBER + " characters: " + invoice.number());
        }
        return invoice.number();
    }

    /** Noon UTC is the same day from UTC-12 to UTC+11, wherever the account prints it. */
    private static @Nullable Long seconds(@Nullable LocalDate date) {
        return date == null ? null : date.toEpochSecond(LocalTime.NOON, ZoneOffset.UTC);
    }
}
