package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Customers: create, retrieve, update, delete, list, search. */
final class Customers {

    static final Schema CUSTOM_FIELD = Schema.of(required("name", Types.text(40)), required("value", Types.text(140)));

    private static final Schema INVOICE_SETTINGS = Schema.of(
            clearable("custom_fields", Types.list(CUSTOM_FIELD, 4)),
            optional("default_payment_method", Types.id()),
            clearable("footer", Types.text(5000)),
            clearable(
                    "rendering_options",
                    Schema.of(
                            clearable("amount_tax_display", Types.oneOf("exclude_tax", "include_inclusive_tax")),
                            optional("template", Types.id()))));

    private static final Schema UPDATE = Schema.of(
            clearable("address", Patch.ADDRESS),
            optional("balance", Types.integer()),
            clearable("business_name", Types.text(150)),
            clearable("description", Types.text(5000)),
            clearable("email", Types.email()),
            clearable("individual_name", Types.text(150)),
            optional("invoice_prefix", Types.invoicePrefix()),
            optional("invoice_settings", INVOICE_SETTINGS),
            clearable("metadata", Types.metadata()),
            clearable("name", Types.text(256)),
            optional("next_invoice_sequence", Types.integer(1, 1_000_000_000)),
            clearable("phone", Types.text(20)),
            clearable("preferred_locales", Types.list(Types.text(10), 20)),
            clearable(
                    "shipping",
                    Schema.of(
                            required("address", Patch.ADDRESS),
                            required("name", Types.text(5000)),
                            clearable("phone", Types.text(20)))),
            clearable("tax_exempt", Types.oneOf("none", "exempt", "reverse")));

    private static final Schema CREATE = UPDATE.with(optional("tax_id_data", Types.list(TaxIds.CREATE, 5)));

    private static final Schema LIST = Lists.PAGE_BY_TIME.with(optional("email", Types.text(512)));

    private final World world;
    private final TaxIds taxIds;

    Customers(World world, TaxIds taxIds) {
        this.world = world;
        this.taxIds = taxIds;
    }

    void register(Routes routes) {
        routes.post("/v1/customers", Kind.CUSTOMER, CREATE, this::create);
        routes.get("/v1/customers", Kind.CUSTOMER, LIST, this::list);
        routes.get(
                "/v1/customers/search",
                Kind.CUSTOMER,
                SearchPages.SCHEMA,
                call -> SearchPages.page(world, Kind.CUSTOMER, call));
        routes.get("/v1/customers/{id}", Kind.CUSTOMER, this::retrieve);
        routes.post("/v1/customers/{id}", Kind.CUSTOMER, UPDATE, call -> update(call.id(), call.params()));
        routes.delete("/v1/customers/{id}", Kind.CUSTOMER, call -> delete(call.id()));
        taxIds.register(routes);
    }

    /** An edit with the names and the strictness of the API. */
    ObjectNode edit(String id, Map<String, String> parameters) {
        FormValue.Group form = FormValue.Group.empty();
        parameters.forEach((name, value) -> FormDecoder.put(form, name, value));
        return update(id, UPDATE.read(form));
    }

    private ObjectNode update(String id, ObjectNode params) {
        ObjectNode customer = world.require(Kind.CUSTOMER, id);
        ObjectNode before = customer.deepCopy();
        apply(customer, params);
        world.journal().recordUpdate("customer.updated", customer, before);
        return customer;
    }

    private ObjectNode create(Invocation call) {
        ObjectNode customer = world.shape(Kind.CUSTOMER);
        customer.put("invoice_prefix", world.newId("", 8).toUpperCase(Locale.ROOT));
        apply(customer, call.params());
        JsonNode taxIdData = call.params().path("tax_id_data");
        taxIdData.forEach(data -> taxIds.check(data, "tax_id_data[value]"));
        world.table(Kind.CUSTOMER).add(customer);
        world.journal().record("customer.created", customer);
        taxIdData.forEach(data -> taxIds.add(customer, data));
        return customer;
    }

    private ObjectNode retrieve(Invocation call) {
        return world.table(Kind.CUSTOMER).wasDeleted(call.id())
                ? gone(call.id())
                : world.require(Kind.CUSTOMER, call.id());
    }

    ObjectNode delete(String id) {
        ObjectNode customer = world.require(Kind.CUSTOMER, id);
        world.table(Kind.CUSTOMER).remove(id);
        world.journal().record("customer.deleted", customer);
        return gone(id);
    }

    private ObjectNode list(Invocation call) {
        return Lists.page(Kind.CUSTOMER, world.table(Kind.CUSTOMER).newestFirst(), call, Lists.sameAs(call, "email"));
    }

    private static ObjectNode gone(String id) {
        ObjectNode gone = Templates.JSON.createObjectNode();
        return gone.put("id", id).put("object", Kind.CUSTOMER.object()).put("deleted", true);
    }

    private static void apply(ObjectNode customer, ObjectNode params) {
        Metadata.merge(customer, params);
        Patch.copyAddress(customer, params);
        Patch.copy(
                customer,
                params,
                "balance",
                "business_name",
                "description",
                "email",
                "individual_name",
                "invoice_prefix",
                "name",
                "next_invoice_sequence",
                "phone",
                "tax_exempt");
        if (params.path("tax_exempt").isNull()) {
            customer.put("tax_exempt", "none");
        }
        if (params.has("preferred_locales")) {
            JsonNode locales = params.get("preferred_locales");
            customer.set("preferred_locales", locales.isNull() ? params.arrayNode() : locales);
        }
        if (params.has("shipping")) {
            customer.set("shipping", shipping(params.get("shipping")));
        }
        if (params.path("invoice_settings") instanceof ObjectNode settings) {
            Patch.copy(
                    customer.withObjectProperty("invoice_settings"),
                    settings,
                    "custom_fields",
                    "default_payment_method",
                    "footer",
                    "rendering_options");
        }
    }

    private static JsonNode shipping(JsonNode sent) {
        if (!(sent instanceof ObjectNode given)) {
            return sent;
        }
        ObjectNode shipping = given.deepCopy();
        shipping.set("address", Patch.address(given.get("address")));
        if (!shipping.has("phone")) {
            shipping.putNull("phone");
        }
        return shipping;
    }
}
