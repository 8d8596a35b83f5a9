package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Invoices: create, retrieve, update, delete, list, search. */
final class Invoices {

    private static final String[] COPIED_FIELDS = {
        "auto_advance",
        "automatically_finalizes_at",
        "collection_method",
        "custom_fields",
        "default_payment_method",
        "description",
        "due_date",
        "effective_at",
        "footer",
        "number",
        "rendering",
        "statement_descriptor"
    };

    private static final Set<String> CHANGEABLE_LATER = Set.of("auto_advance", "expand", "metadata");

    private static final long SECONDS_A_DAY = 86_400;

    private final World world;
    private final InvoiceBook book;
    private final InvoiceRevision revision;
    private final TaxIds taxIds;

    Invoices(World world, InvoiceBook book, TaxIds taxIds) {
        this.world = world;
        this.book = book;
        this.taxIds = taxIds;
        this.revision = new InvoiceRevision(world, book);
    }

    void register(Routes routes) {
        routes.post("/v1/invoices", Kind.INVOICE, InvoiceSchemas.CREATE, call -> create(call.params()));
        routes.get("/v1/invoices", Kind.INVOICE, InvoiceSchemas.LIST, this::list);
        routes.get(
                "/v1/invoices/search",
                Kind.INVOICE,
                SearchPages.SCHEMA,
                call -> SearchPages.page(world, Kind.INVOICE, call));
        routes.get("/v1/invoices/{id}", Kind.INVOICE, call -> world.require(Kind.INVOICE, call.id()));
        routes.post("/v1/invoices/{id}", Kind.INVOICE, InvoiceSchemas.UPDATE, call -> update(call.id(), call.params()));
        routes.delete("/v1/invoices/{id}", Kind.INVOICE, call -> delete(call.id()));
    }

    ObjectNode delete(String id) {
        ObjectNode invoice = book.requireDraft(id);
        book.remove(invoice);
        world.journal().record("invoice.deleted", invoice);
        ObjectNode gone = Templates.JSON.createObjectNode();
        return gone.put("id", id).put("object", Kind.INVOICE.object()).put("deleted", true);
    }

    private ObjectNode create(ObjectNode params) {
        ObjectNode original = revision.original(params);
        String customerId = original != null
                ? original.path("customer").asText()
                : params.path("customer").asText();
        if (customerId.isEmpty()) {
            throw StripeRefusal.missing("customer");
        }
        ObjectNode customer = world.referenced(Kind.CUSTOMER, customerId, "customer");
        ObjectNode invoice = world.shape(Kind.INVOICE);
        List<ObjectNode> lines = new ArrayList<>();
        if (original != null) {
            lines.addAll(revision.start(invoice, original));
        } else {
            invoice.put("currency", currency(params, customer));
        }
        invoice.put("customer", customerId);
        invoice.put("period_start", world.now());
        invoice.put("period_end", world.now());
        invoice.withObjectProperty("lines").put("url", "/v1/invoices/" + InvoiceBook.idOf(invoice) + "/lines");
        apply(invoice, params, lines);
        copyCustomer(invoice, customer);
        book.add(invoice, lines);
        world.journal().record("invoice.created", invoice);
        return invoice;
    }

    private ObjectNode update(String id, ObjectNode params) {
        ObjectNode invoice = world.require(Kind.INVOICE, id);
        if (!InvoiceBook.isDraft(invoice)) {
            params.fieldNames().forEachRemaining(name -> {
                if (!CHANGEABLE_LATER.contains(name)) {
                    throw StripeRefusal.rule(
                            "invoice_not_editable", name, "A finalized invoice cannot change its " + name + ".");
                }
            });
        }
        ObjectNode before = invoice.deepCopy();
        ObjectNode changed = invoice.deepCopy();
        apply(changed, params, book.lines(invoice));
        invoice.setAll(changed);
        if (InvoiceBook.isDraft(invoice)) {
            copyCustomer(
                    invoice, world.find(Kind.CUSTOMER, invoice.path("customer").asText()));
            if (params.has("default_tax_rates")) {
                book.changeDefaultRates(invoice);
            }
            book.recompute(invoice);
        }
        world.journal().recordUpdate("invoice.updated", invoice, before);
        return invoice;
    }

    private ObjectNode list(Invocation call) {
        JsonNode due = call.params().path("due_date");
        return Lists.page(
                Kind.INVOICE,
                world.table(Kind.INVOICE).newestFirst(),
                call,
                Lists.sameAs(call, "collection_method", "customer", "status", "subscription")
                        .and(invoice -> due.isMissingNode()
                                || (invoice.hasNonNull("due_date")
                                        && Lists.inRange(
                                                invoice.path("due_date").asLong(), due))));
    }

    private void apply(ObjectNode invoice, ObjectNode params, List<ObjectNode> lines) {
        checkDueDate(invoice, params);
        checkTaxModes(params, lines);
        Metadata.merge(invoice, params);
        Patch.copy(invoice, params, COPIED_FIELDS);
        if (params.has("days_until_due")) {
            invoice.put(
                    "due_date",
                    invoice.path("created").asLong()
                            + params.get("days_until_due").asLong() * SECONDS_A_DAY);
        }
        if (params.path("payment_settings") instanceof ObjectNode settings) {
            invoice.withObjectProperty("payment_settings").setAll(settings);
        }
        if (params.has("default_tax_rates")) {
            ArrayNode rates = invoice.arrayNode();
            params.get("default_tax_rates")
                    .forEach(rate -> rates.add(world.referenced(Kind.TAX_RATE, rate.asText(), "default_tax_rates")
                            .deepCopy()));
            invoice.set("default_tax_rates", rates);
        }
    }

    private static void checkDueDate(ObjectNode invoice, ObjectNode params) {
        if (params.has("due_date") && params.has("days_until_due")) {
            throw StripeRefusal.exclusive("due_date", "due_date", "days_until_due");
        }
        String method = params.path("collection_method")
                .asText(invoice.path("collection_method").asText());
        boolean sent = method.equals("send_invoice");
        for (String field : List.of("due_date", "days_until_due")) {
            if (params.has(field) && !sent) {
                throw StripeRefusal.rule(
                        null, field, "You can only specify " + field + " with collection_method=send_invoice.");
            }
        }
        if (sent && !params.has("due_date") && !params.has("days_until_due") && !invoice.hasNonNull("due_date")) {
            throw StripeRefusal.rule(
                    null, "days_until_due", "With collection_method=send_invoice, pass due_date or days_until_due.");
        }
    }

    private static void checkTaxModes(ObjectNode params, List<ObjectNode> lines) {
        if (params.path("automatic_tax").path("enabled").asBoolean(false)) {
            throw StripeRefusal.rule(null, "automatic_tax[enabled]", "Automatic tax is not set up for this account.");
        }
        boolean taxed = lines.stream().anyMatch(line -> !line.path("taxes").isEmpty());
        if (taxed && !params.path("default_tax_rates").isEmpty()) {
            throw StripeRefusal.rule(
                    null, "default_tax_rates", "default_tax_rates cannot be combined with taxes of lines.");
        }
    }

    private static String currency(ObjectNode params, ObjectNode customer) {
        if (params.has("currency")) {
            return params.get("currency").asText();
        }
        return customer.hasNonNull("currency") ? customer.get("currency").asText() : Currencies.OF_THE_ACCOUNT;
    }

    private void copyCustomer(ObjectNode invoice, @Nullable ObjectNode customer) {
        if (customer == null) {
            return;
        }
        invoice.set("customer_address", customer.get("address"));
        invoice.set("customer_email", customer.get("email"));
        invoice.set("customer_name", customer.get("name"));
        invoice.set("customer_phone", customer.get("phone"));
        invoice.set("customer_shipping", customer.get("shipping"));
        invoice.set("customer_tax_exempt", customer.get("tax_exempt"));
        invoice.set("customer_tax_ids", taxIds.printed(InvoiceBook.idOf(customer)));
    }
}
