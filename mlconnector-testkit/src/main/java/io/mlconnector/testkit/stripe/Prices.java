package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** Prices: amount, currency and product never change; a lookup key can move to a new price. */
final class Prices {

    private static final Schema UPDATE = Schema.of(
            optional("active", Types.bool()),
            clearable("lookup_key", Types.text(200)),
            clearable("metadata", Types.metadata()),
            clearable("nickname", Types.text(5000)),
            optional("tax_behavior", Types.oneOf("exclusive", "inclusive", "unspecified")),
            optional("transfer_lookup_key", Types.bool()));

    private static final Schema CREATE = UPDATE.with(
            required("currency", Types.currency()),
            optional("product", Types.id()),
            optional(
                    "product_data",
                    Schema.of(
                            required("name", Types.text(5000)),
                            optional("active", Types.bool()),
                            clearable("metadata", Types.metadata()),
                            optional("statement_descriptor", Types.text(22)),
                            optional("tax_code", Types.id()),
                            optional("unit_label", Types.text(12)))),
            optional("unit_amount", Types.integer()),
            optional("unit_amount_decimal", Types.decimal(12)));

    private static final Schema LIST = Lists.PAGE_BY_TIME.with(
            optional("active", Types.bool()),
            optional("currency", Types.currency()),
            optional("lookup_keys", Types.list(Types.text(200), 10)),
            optional("product", Types.id()),
            optional("type", Types.oneOf("one_time", "recurring")));

    private final World world;
    private final Products products;
    private final Set<String> inline = new HashSet<>();

    Prices(World world, Products products) {
        this.world = world;
        this.products = products;
    }

    void register(Routes routes) {
        routes.post("/v1/prices", Kind.PRICE, CREATE, call -> create(call.params()));
        routes.get("/v1/prices", Kind.PRICE, LIST, this::list);
        routes.get(
                "/v1/prices/search", Kind.PRICE, SearchPages.SCHEMA, call -> SearchPages.page(world, Kind.PRICE, call));
        routes.get("/v1/prices/{id}", Kind.PRICE, call -> world.require(Kind.PRICE, call.id()));
        routes.post("/v1/prices/{id}", Kind.PRICE, UPDATE, this::update);
    }

    /** Refuses what {@link #create} could not make, without making anything. */
    void check(ObjectNode params, String prefix) {
        if (params.has("unit_amount") && params.has("unit_amount_decimal")) {
            throw StripeRefusal.exclusive(prefix, "unit_amount", "unit_amount_decimal");
        }
        if (!params.has("unit_amount") && !params.has("unit_amount_decimal")) {
            throw StripeRefusal.missing(prefix.isEmpty() ? "unit_amount" : prefix + "[unit_amount]");
        }
        if (params.has("product") == params.has("product_data")) {
            if (params.has("product")) {
                throw StripeRefusal.exclusive(prefix, "product", "product_data");
            }
            throw StripeRefusal.missing(prefix.isEmpty() ? "product" : prefix + "[product]");
        }
        if (params.has("product")) {
            world.referenced(
                    Kind.PRODUCT, params.get("product").asText(), prefix.isEmpty() ? "product" : prefix + "[product]");
        }
        if (params.has("unit_amount")) {
            Currencies.checkAmount(
                    "unit_amount",
                    params.path("currency").asText(),
                    params.get("unit_amount").asLong());
        }
    }

    /** A price made for one line only; lists leave it out. */
    ObjectNode createInline(ObjectNode params) {
        ObjectNode price = create(params);
        inline.add(price.path("id").asText());
        price.put("active", false);
        return price;
    }

    private ObjectNode create(ObjectNode params) {
        check(params, "");
        ObjectNode price = world.shape(Kind.PRICE);
        Metadata.merge(price, params);
        Patch.copy(
                price, params, "active", "currency", "nickname", "tax_behavior", "unit_amount", "unit_amount_decimal");
        if (params.has("unit_amount")) {
            price.put("unit_amount_decimal", params.get("unit_amount").asText());
        } else {
            BigDecimal exact = new BigDecimal(params.get("unit_amount_decimal").asText()).stripTrailingZeros();
            if (exact.scale() <= 0) {
                price.put("unit_amount", exact.longValueExact());
            }
        }
        assignLookupKey(price, params);
        price.put(
                "product",
                params.path("product_data") instanceof ObjectNode data
                        ? products.create(data).path("id").asText()
                        : params.path("product").asText());
        world.table(Kind.PRICE).add(price);
        world.journal().record("price.created", price);
        return price;
    }

    private ObjectNode update(Invocation call) {
        ObjectNode price = world.require(Kind.PRICE, call.id());
        ObjectNode before = price.deepCopy();
        ObjectNode params = call.params();
        String behavior = price.path("tax_behavior").asText();
        if (params.has("tax_behavior")
                && !behavior.equals("unspecified")
                && !behavior.equals(params.get("tax_behavior").asText())) {
            throw StripeRefusal.rule(null, "tax_behavior", "The tax_behavior of a price cannot change once it is set.");
        }
        Metadata.merge(price, params);
        assignLookupKey(price, params);
        Patch.copy(price, params, "active", "nickname", "tax_behavior");
        world.journal().recordUpdate("price.updated", price, before);
        return price;
    }

    private void assignLookupKey(ObjectNode price, ObjectNode params) {
        if (params.hasNonNull("lookup_key")) {
            for (ObjectNode other : world.table(Kind.PRICE).oldestFirst()) {
                boolean taken = params.get("lookup_key").equals(other.get("lookup_key"))
                        && !other.path("id").equals(price.path("id"));
                if (taken && !params.path("transfer_lookup_key").asBoolean(false)) {
                    throw StripeRefusal.rule(
                            "lookup_key_exists",
                            "lookup_key",
                            "A price already uses this lookup key: "
                                    + other.path("id").asText());
                }
                if (taken) {
                    ObjectNode before = other.deepCopy();
                    other.putNull("lookup_key");
                    world.journal().recordUpdate("price.updated", other, before);
                }
            }
        }
        Patch.copy(price, params, "lookup_key");
    }

    private ObjectNode list(Invocation call) {
        return Lists.page(
                Kind.PRICE,
                world.table(Kind.PRICE).newestFirst(),
                call,
                Lists.sameAs(call, "active", "currency", "product", "type")
                        .and(Lists.oneOf(call, "lookup_keys", "lookup_key"))
                        .and(price -> !inline.contains(price.path("id").asText())));
    }
}
