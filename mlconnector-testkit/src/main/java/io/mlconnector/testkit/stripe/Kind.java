package io.mlconnector.testkit.stripe;

import java.util.Locale;

/** The objects of the sandbox: name on the wire, start of the id, length of its rest, collection and area of permission. */
enum Kind {
    CUSTOMER("cus_", 14, "customers", "customers"),
    TAX_ID("txi_", 24, "tax_ids", "customers"),
    PRODUCT("prod_", 14, "products", "products"),
    PRICE("price_", 24, "prices", "prices"),
    TAX_RATE("txr_", 24, "tax_rates", "tax_rates"),
    INVOICE("in_", 24, "invoices", "invoices"),
    LINE_ITEM("il_", 24, "lines", "invoices"),
    INVOICE_PAYMENT("inpay_", 24, "invoice_payments", "invoices"),
    CREDIT_NOTE("cn_", 24, "credit_notes", "credit_notes"),
    CREDIT_NOTE_LINE_ITEM("cnli_", 24, "lines", "credit_notes"),
    PAYMENT_INTENT("pi_", 24, "payment_intents", "payment_intents"),
    CHARGE("ch_", 24, "charges", "charges"),
    REFUND("re_", 24, "refunds", "refunds"),
    DISPUTE("du_", 24, "disputes", "disputes"),
    BALANCE_TRANSACTION("txn_", 24, "balance_transactions", "balance"),
    EVENT("evt_", 24, "events", "events");

    private final String idStart;
    private final int idLength;
    private final String collection;
    private final String area;

    Kind(String idStart, int idLength, String collection, String area) {
        this.idStart = idStart;
        this.idLength = idLength;
        this.collection = collection;
        this.area = area;
    }

    String object() {
        return name().toLowerCase(Locale.ROOT);
    }

    String idStart() {
        return idStart;
    }

    int idLength() {
        return idLength;
    }

    String path() {
        return "/v1/" + collection;
    }

    String area() {
        return area;
    }
}
