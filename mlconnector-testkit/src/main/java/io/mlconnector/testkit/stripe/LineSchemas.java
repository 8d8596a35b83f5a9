package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

/** The parameters of invoice lines. */
final class LineSchemas {

    static final int MOST_ITEMS = 250;

    private static final Schema PRICE_DATA = Schema.of(
            required("currency", Types.currency()),
            optional("product", Types.id()),
            optional(
                    "product_data",
                    Schema.of(
                            required("name", Types.text(5000)),
                            optional("description", Types.text(40_000)),
                            optional("images", Types.list(Types.text(2048), 8)),
                            clearable("metadata", Types.metadata()),
                            optional("tax_code", Types.id()),
                            optional("unit_label", Types.text(12)))),
            optional("tax_behavior", Types.oneOf("exclusive", "inclusive", "unspecified")),
            optional("unit_amount", Types.integer()),
            optional("unit_amount_decimal", Types.decimal(12)));

    private static final Schema TAX_AMOUNT = Schema.of(
            required("amount", Types.integer()),
            required("taxable_amount", Types.integer()),
            required("tax_rate_data", TaxRates.RATE_DATA),
            optional(
                    "taxability_reason",
                    Types.oneOf(
                            "customer_exempt",
                            "not_collecting",
                            "not_subject_to_tax",
                            "not_supported",
                            "portion_product_exempt",
                            "portion_reduced_rated",
                            "portion_standard_rated",
                            "product_exempt",
                            "product_exempt_holiday",
                            "proportionally_rated",
                            "reduced_rated",
                            "reverse_charge",
                            "standard_rated",
                            "taxable_basis_reduced",
                            "zero_rated")));

    /** A line as update calls take it. */
    static final Schema LINE = Schema.of(
            optional("amount", Types.integer()),
            optional("description", Types.text(5000)),
            optional("discountable", Types.bool()),
            clearable("discounts", Types.list(Schema.of(optional("coupon", Types.id())), 20)),
            clearable("metadata", Types.metadata()),
            optional("period", Schema.of(required("end", Types.timestamp()), required("start", Types.timestamp()))),
            optional("price_data", PRICE_DATA),
            optional("pricing", Schema.of(optional("price", Types.id()))),
            optional("quantity", Types.integer(0, 999_999_999_999L)),
            optional("quantity_decimal", Types.decimal(12)),
            clearable("tax_amounts", Types.list(TAX_AMOUNT, 20)),
            clearable("tax_rates", Types.list(Types.id(), 20)));

    static final Schema ADD = Schema.of(
            required("lines", Types.list(LINE.with(optional("invoice_item", Types.id())), MOST_ITEMS)),
            clearable("invoice_metadata", Types.metadata()));

    static final Schema UPDATE = Schema.of(
            required("lines", Types.list(LINE.with(required("id", Types.id())), MOST_ITEMS)),
            clearable("invoice_metadata", Types.metadata()));

    static final Schema REMOVE = Schema.of(
            required(
                    "lines",
                    Types.list(
                            Schema.of(
                                    required("behavior", Types.oneOf("delete", "unassign")),
                                    required("id", Types.id())),
                            MOST_ITEMS)),
            clearable("invoice_metadata", Types.metadata()));

    private LineSchemas() {}
}
