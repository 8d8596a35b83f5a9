package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

/** The parameters of invoices. */
final class InvoiceSchemas {

    private static final Schema PAYMENT_SETTINGS = Schema.of(
            clearable("default_mandate", Types.id()),
            clearable("payment_method_types", Types.list(Types.text(50), 60)));

    private static final Schema RENDERING = Schema.of(
            clearable("amount_tax_display", Types.oneOf("exclude_tax", "include_inclusive_tax")),
            optional("pdf", Schema.of(optional("page_size", Types.oneOf("a4", "auto", "letter")))),
            optional("template", Types.id()));

    static final Schema UPDATE = Schema.of(
            optional("auto_advance", Types.bool()),
            optional("automatic_tax", Schema.of(required("enabled", Types.bool()))),
            clearable("automatically_finalizes_at", Types.timestamp()),
            optional("collection_method", Types.oneOf("charge_automatically", "send_invoice")),
            clearable("custom_fields", Types.list(Customers.CUSTOM_FIELD, 4)),
            optional("days_until_due", Types.integer(0, 36_500)),
            optional("default_payment_method", Types.id()),
            clearable("default_tax_rates", Types.list(Types.id(), 20)),
            optional("description", Types.text(1500)),
            optional("due_date", Types.timestamp()),
            clearable("effective_at", Types.timestamp()),
            optional("footer", Types.text(5000)),
            clearable("metadata", Types.metadata()),
            clearable("number", Types.text(26)),
            optional("payment_settings", PAYMENT_SETTINGS),
            optional("rendering", RENDERING),
            optional("statement_descriptor", Types.text(22)));

    static final Schema CREATE = UPDATE.with(
            optional("currency", Types.currency()),
            optional("customer", Types.id()),
            optional(
                    "from_invoice",
                    Schema.of(required("action", Types.oneOf("revision")), required("invoice", Types.id()))),
            optional("pending_invoice_items_behavior", Types.oneOf("exclude", "include")));

    static final Schema LIST = Lists.PAGE_BY_TIME.with(
            optional("collection_method", Types.oneOf("charge_automatically", "send_invoice")),
            optional("customer", Types.id()),
            optional("due_date", Types.range()),
            optional("status", Types.oneOf("draft", "open", "paid", "uncollectible", "void")),
            optional("subscription", Types.id()));

    static final Schema FINALIZE = Schema.of(optional("auto_advance", Types.bool()));

    static final Schema ATTACH = Schema.of(required("payment_intent", Types.id()));

    static final Schema PAY = Schema.of(
            optional("forgive", Types.bool()),
            clearable("mandate", Types.id()),
            optional("off_session", Types.bool()),
            optional("paid_out_of_band", Types.bool()),
            optional("payment_method", Types.id()),
            optional("source", Types.id()));

    private InvoiceSchemas() {}
}
