package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The tax ids of customers. They cannot be updated, only deleted and created. */
final class TaxIds {

    static final Schema CREATE = Schema.of(required("type", TaxIdFormats.type()), required("value", Types.text(255)));

    private static final int MOST_PER_CUSTOMER = 5;

    private final World world;

    TaxIds(World world) {
        this.world = world;
    }

    void register(Routes routes) {
        routes.post("/v1/customers/{customer}/tax_ids", Kind.TAX_ID, CREATE, this::create);
        routes.get("/v1/customers/{customer}/tax_ids", Kind.TAX_ID, Lists.PAGE, this::list);
        routes.get("/v1/customers/{customer}/tax_ids/{id}", Kind.TAX_ID, this::retrieve);
        routes.delete("/v1/customers/{customer}/tax_ids/{id}", Kind.TAX_ID, this::delete);
    }

    void check(JsonNode data, String parameter) {
        String type = data.path("type").asText();
        String value = data.path("value").asText();
        if (!TaxIdFormats.fits(type, value)) {
            throw StripeRefusal.rule("tax_id_invalid", parameter, "Invalid value for " + type + ": " + value);
        }
    }

    ObjectNode add(ObjectNode customer, JsonNode data) {
        String type = data.path("type").asText();
        String value = data.path("value").asText();
        ObjectNode taxId = world.shape(Kind.TAX_ID);
        taxId.set("customer", customer.get("id"));
        taxId.put("type", type);
        taxId.put("value", value);
        taxId.put("country", TaxIdFormats.country(type, value));
        ObjectNode owner = taxId.putObject("owner");
        owner.put("type", "customer");
        owner.set("customer", customer.get("id"));
        world.table(Kind.TAX_ID).add(taxId);
        world.journal().record("customer.tax_id.created", taxId);
        return taxId;
    }

    List<ObjectNode> of(String customer) {
        return world.table(Kind.TAX_ID).newestFirst().stream()
                .filter(taxId -> taxId.path("customer").asText().equals(customer))
                .toList();
    }

    /** Types and values as they are printed on an invoice. */
    ArrayNode printed(String customer) {
        ArrayNode printed = Templates.JSON.createArrayNode();
        for (ObjectNode taxId : of(customer)) {
            ObjectNode entry = printed.addObject();
            Patch.copy(entry, taxId, "type", "value");
        }
        return printed;
    }

    private ObjectNode create(Invocation call) {
        ObjectNode customer = world.require(Kind.CUSTOMER, call.variable("customer"));
        check(call.params(), "value");
        if (of(call.variable("customer")).size() >= MOST_PER_CUSTOMER) {
            throw StripeRefusal.rule(null, null, "A customer has at most " + MOST_PER_CUSTOMER + " tax ids.");
        }
        return add(customer, call.params());
    }

    private ObjectNode retrieve(Invocation call) {
        ObjectNode taxId = world.require(Kind.TAX_ID, call.id());
        if (!taxId.path("customer").asText().equals(call.variable("customer"))) {
            throw StripeRefusal.noSuch(404, Kind.TAX_ID.object(), call.id(), "id");
        }
        return taxId;
    }

    private ObjectNode list(Invocation call) {
        world.require(Kind.CUSTOMER, call.variable("customer"));
        return Lists.page(Kind.TAX_ID, of(call.variable("customer")), call, taxId -> true);
    }

    private ObjectNode delete(Invocation call) {
        ObjectNode taxId = retrieve(call);
        world.table(Kind.TAX_ID).remove(call.id());
        world.journal().record("customer.tax_id.deleted", taxId);
        ObjectNode gone = Templates.JSON.createObjectNode();
        return gone.put("id", call.id()).put("object", Kind.TAX_ID.object()).put("deleted", true);
    }
}
