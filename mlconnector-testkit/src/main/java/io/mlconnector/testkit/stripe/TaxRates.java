package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;
import static io.mlconnector.testkit.stripe.Parameter.optional;
import static io.mlconnector.testkit.stripe.Parameter.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Tax rates, made by call or found again for the rate data of a line. */
final class TaxRates {

    /** The description of a rate inside {@code tax_amounts}. */
    static final Schema RATE_DATA = Schema.of(
            required("display_name", Types.text(50)),
            required("percentage", Types.decimal(4)),
            required("inclusive", Types.bool()),
            optional("country", Types.country()),
            optional("description", Types.text(5000)),
            optional("jurisdiction", Types.text(200)),
            optional("jurisdiction_level", Types.oneOf("city", "country", "county", "district", "multiple", "state")),
            optional("state", Types.text(5000)),
            optional(
                    "tax_type",
                    Types.oneOf(
                            "amusement_tax",
                            "communications_tax",
                            "gst",
                            "hst",
                            "igst",
                            "jct",
                            "lease_tax",
                            "pst",
                            "qst",
                            "retail_delivery_fee",
                            "rst",
                            "sales_tax",
                            "service_tax",
                            "vat")));

    private static final String[] IDENTITY = {
        "display_name", "inclusive", "country", "description", "jurisdiction", "jurisdiction_level", "state", "tax_type"
    };

    private static final Schema CREATE =
            RATE_DATA.with(optional("active", Types.bool()), clearable("metadata", Types.metadata()));

    private static final Schema UPDATE = Schema.of(
            optional("active", Types.bool()),
            optional("country", Types.country()),
            optional("description", Types.text(5000)),
            optional("display_name", Types.text(50)),
            optional("jurisdiction", Types.text(200)),
            clearable("metadata", Types.metadata()),
            optional("state", Types.text(5000)));

    private static final Schema LIST =
            Lists.PAGE_BY_TIME.with(optional("active", Types.bool()), optional("inclusive", Types.bool()));

    private final World world;

    TaxRates(World world) {
        this.world = world;
    }

    void register(Routes routes) {
        routes.post("/v1/tax_rates", Kind.TAX_RATE, CREATE, call -> create(call.params(), true));
        routes.get(
                "/v1/tax_rates",
                Kind.TAX_RATE,
                LIST,
                call -> Lists.page(
                        Kind.TAX_RATE,
                        world.table(Kind.TAX_RATE).newestFirst(),
                        call,
                        Lists.sameAs(call, "active", "inclusive")));
        routes.get("/v1/tax_rates/{id}", Kind.TAX_RATE, call -> world.require(Kind.TAX_RATE, call.id()));
        routes.post("/v1/tax_rates/{id}", Kind.TAX_RATE, UPDATE, this::update);
    }

    /** The rate that equals the data in everything, made when there is none. */
    ObjectNode findOrCreate(ObjectNode data) {
        for (ObjectNode rate : world.table(Kind.TAX_RATE).oldestFirst()) {
            if (same(rate, data)) {
                return rate;
            }
        }
        return create(data, false);
    }

    static BigDecimal percentage(JsonNode rate) {
        return new BigDecimal(rate.path("percentage").asText());
    }

    private static boolean same(ObjectNode rate, ObjectNode data) {
        for (String field : IDENTITY) {
            if (!rate.path(field).asText("").equals(data.path(field).asText(""))) {
                return false;
            }
        }
        return percentage(rate).compareTo(percentage(data)) == 0;
    }

    private ObjectNode create(ObjectNode params, boolean active) {
        ObjectNode rate = world.shape(Kind.TAX_RATE);
        BigDecimal percentage = percentage(params);
        if (percentage.signum() < 0 || percentage.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw StripeRefusal.rule(null, "percentage", "A percentage is between 0 and 100: " + percentage);
        }
        Metadata.merge(rate, params);
        rate.put("active", active);
        Patch.copy(rate, params, IDENTITY);
        Patch.copy(rate, params, "active");
        rate.put("percentage", percentage);
        rate.put("effective_percentage", percentage);
        world.table(Kind.TAX_RATE).add(rate);
        world.journal().record("tax_rate.created", rate);
        return rate;
    }

    private ObjectNode update(Invocation call) {
        ObjectNode rate = world.require(Kind.TAX_RATE, call.id());
        ObjectNode before = rate.deepCopy();
        Metadata.merge(rate, call.params());
        Patch.copy(rate, call.params(), "active", "country", "description", "display_name", "jurisdiction", "state");
        world.journal().recordUpdate("tax_rate.updated", rate, before);
        return rate;
    }
}
