package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/** Reading the objects that payments leave behind. */
final class PaymentReads {

    private static final Schema INVOICE_PAYMENTS = Lists.PAGE_BY_TIME.with(
            optional("invoice", Types.id()),
            optional(
                    "payment",
                    Schema.of(
                            Parameter.required("type", Types.oneOf("payment_intent", "payment_record")),
                            optional("payment_intent", Types.id()),
                            optional("payment_record", Types.id()))),
            optional("status", Types.oneOf("open", "paid", "canceled")));

    private final World world;

    PaymentReads(World world) {
        this.world = world;
    }

    void register(Routes routes) {
        read(routes, Kind.INVOICE_PAYMENT, INVOICE_PAYMENTS, "invoice", "status");
        read(routes, Kind.PAYMENT_INTENT, byTime("customer"), "customer");
        read(routes, Kind.CHARGE, byTime("customer", "payment_intent"), "customer", "payment_intent");
        read(routes, Kind.REFUND, byTime("charge", "payment_intent"), "charge", "payment_intent");
        read(routes, Kind.DISPUTE, byTime("charge", "payment_intent"), "charge", "payment_intent");
        Schema transactions = byTime("source")
                .with(
                        optional("currency", Types.currency()),
                        optional("payout", Types.id()),
                        optional("type", Types.text(100)));
        read(routes, Kind.BALANCE_TRANSACTION, transactions, "source", "currency", "payout", "type");
        for (Kind kind : new Kind[] {Kind.CHARGE, Kind.PAYMENT_INTENT}) {
            routes.get(kind.path() + "/search", kind, SearchPages.SCHEMA, call -> SearchPages.page(world, kind, call));
        }
    }

    private void read(Routes routes, Kind kind, Schema list, String... filters) {
        routes.get(kind.path() + "/{id}", kind, call -> world.require(kind, call.id()));
        routes.get(
                kind.path(),
                kind,
                list,
                call -> Lists.page(
                        kind,
                        world.table(kind).newestFirst(),
                        call,
                        Lists.sameAs(call, filters).and(byPayment(call.params().path("payment")))));
    }

    private static Predicate<ObjectNode> byPayment(JsonNode wanted) {
        return object -> {
            for (String field : new String[] {"type", "payment_intent", "payment_record"}) {
                if (wanted.has(field)
                        && !wanted.get(field).equals(object.path("payment").get(field))) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Schema byTime(String... filters) {
        Schema schema = Lists.PAGE_BY_TIME;
        for (String filter : filters) {
            schema = schema.with(optional(filter, Types.id()));
        }
        return schema;
    }
}
