package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

/** The parameters of credit notes. */
final class CreditNoteSchemas {

    private static final Schema LINE = Schema.of(
            required("type", Types.oneOf("custom_line_item", "invoice_line_item")),
            optional("amount", Types.integer()),
            optional("description", Types.text(5000)),
            optional("invoice_line_item", Types.id()),
            optional("metadata", Types.metadata()),
            optional("quantity", Types.integer(0, 999_999_999_999L)),
            clearable(
                    "tax_amounts",
                    Types.list(
                            Schema.of(
                                    required("amount", Types.integer()),
                                    required("tax_rate", Types.id()),
                                    required("taxable_amount", Types.integer())),
                            20)),
            clearable("tax_rates", Types.list(Types.id(), 20)),
            optional("unit_amount", Types.integer()),
            optional("unit_amount_decimal", Types.decimal(12)));

    static final Schema CREATE = Schema.of(
            required("invoice", Types.id()),
            optional("amount", Types.integer(0, Long.MAX_VALUE)),
            optional("credit_amount", Types.integer(0, Long.MAX_VALUE)),
            optional("effective_at", Types.timestamp()),
            optional("email_type", Types.oneOf("credit_note", "none")),
            optional("lines", Types.list(LINE, 250)),
            optional("memo", Types.text(5000)),
            optional("metadata", Types.metadata()),
            optional("out_of_band_amount", Types.integer(0, Long.MAX_VALUE)),
            optional("reason", Types.oneOf("duplicate", "fraudulent", "order_change", "product_unsatisfactory")),
            optional("refund_amount", Types.integer(0, Long.MAX_VALUE)));

    static final Schema UPDATE = Schema.of(optional("memo", Types.text(5000)), optional("metadata", Types.metadata()));

    static final Schema LIST =
            Lists.PAGE_BY_TIME.with(optional("customer", Types.id()), optional("invoice", Types.id()));

    private CreditNoteSchemas() {}
}
