package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Products: create, retrieve, update, list, search. */
final class Products {

    private static final String[] FIELDS = {
        "active", "description", "images", "name", "shippable", "statement_descriptor", "tax_code", "unit_label", "url"
    };

    private static final Schema UPDATE = Schema.of(
            optional("active", Types.bool()),
            clearable("description", Types.text(40_000)),
            clearable("images", Types.list(Types.text(2048), 8)),
            clearable("metadata", Types.metadata()),
            optional("name", Types.text(5000)),
            optional("shippable", Types.bool()),
            optional("statement_descriptor", Types.text(22)),
            clearable("tax_code", Types.id()),
            clearable("unit_label", Types.text(12)),
            clearable("url", Types.text(5000)));

    private static final Schema CREATE = UPDATE.with(required("name", Types.text(5000)), optional("id", Types.id()));

    private static final Schema LIST =
            Lists.PAGE_BY_TIME.with(optional("active", Types.bool()), optional("ids", Types.list(Types.id(), 100)));

    private final World world;

    Products(World world) {
        this.world = world;
    }

    void register(Routes routes) {
        routes.post("/v1/products", Kind.PRODUCT, CREATE, call -> create(call.params()));
        routes.get("/v1/products", Kind.PRODUCT, LIST, this::list);
        routes.get(
                "/v1/products/search",
                Kind.PRODUCT,
                SearchPages.SCHEMA,
                call -> SearchPages.page(world, Kind.PRODUCT, call));
        routes.get("/v1/products/{id}", Kind.PRODUCT, call -> world.require(Kind.PRODUCT, call.id()));
        routes.post("/v1/products/{id}", Kind.PRODUCT, UPDATE, this::update);
    }

    ObjectNode create(ObjectNode params) {
        ObjectNode product = world.shape(Kind.PRODUCT);
        if (params.has("id")) {
            String id = params.get("id").asText();
            if (world.find(Kind.PRODUCT, id) != null) {
                throw StripeRefusal.rule("resource_already_exists", "id", "Product already exists: " + id);
            }
            product.put("id", id);
        }
        Metadata.merge(product, params);
        Patch.copy(product, params, FIELDS);
        product.put("updated", world.now());
        world.table(Kind.PRODUCT).add(product);
        world.journal().record("product.created", product);
        return product;
    }

    private ObjectNode update(Invocation call) {
        ObjectNode product = world.require(Kind.PRODUCT, call.id());
        ObjectNode before = product.deepCopy();
        Metadata.merge(product, call.params());
        Patch.copy(product, call.params(), FIELDS);
        product.put("updated", world.now());
        world.journal().recordUpdate("product.updated", product, before);
        return product;
    }

    private ObjectNode list(Invocation call) {
        return Lists.page(
                Kind.PRODUCT,
                world.table(Kind.PRODUCT).newestFirst(),
                call,
                Lists.sameAs(call, "active").and(Lists.oneOf(call, "ids", "id")));
    }
}
