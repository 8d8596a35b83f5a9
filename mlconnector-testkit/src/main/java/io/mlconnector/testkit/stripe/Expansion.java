package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces ids in an answer by their objects, and adds the parts that come only when asked for. */
final class Expansion {

    private static final int DEEPEST = 4;

    private static final Map<String, Kind> REFERENCES = Map.ofEntries(
            Map.entry("balance_transaction", Kind.BALANCE_TRANSACTION),
            Map.entry("charge", Kind.CHARGE),
            Map.entry("customer", Kind.CUSTOMER),
            Map.entry("default_price", Kind.PRICE),
            Map.entry("invoice", Kind.INVOICE),
            Map.entry("latest_charge", Kind.CHARGE),
            Map.entry("latest_revision", Kind.INVOICE),
            Map.entry("payment_intent", Kind.PAYMENT_INTENT),
            Map.entry("price", Kind.PRICE),
            Map.entry("product", Kind.PRODUCT),
            Map.entry("refund", Kind.REFUND),
            Map.entry("failure_balance_transaction", Kind.BALANCE_TRANSACTION),
            Map.entry("source", Kind.CHARGE),
            Map.entry("tax_rate", Kind.TAX_RATE));

    private static final Set<String> INCLUDABLE = Set.of(
            "amount_paid_off_stripe",
            "discounts",
            "lines",
            "payments",
            "refunds",
            "sources",
            "subscriptions",
            "tax_ids");

    private final World world;
    private final TaxIds taxIds;
    private final Payments payments;

    Expansion(World world, TaxIds taxIds, Payments payments) {
        this.world = world;
        this.taxIds = taxIds;
        this.payments = payments;
    }

    /** Refuses, before anything runs, paths that fit no object. */
    static void check(JsonNode paths) {
        for (JsonNode path : paths) {
            List<String> names = names(path);
            String last = names.get(names.size() - 1);
            if (names.size() > DEEPEST) {
                throw StripeRefusal.parameter(
                        null, "expand", "You cannot expand more than " + DEEPEST + " levels: " + path.asText());
            }
            if (!REFERENCES.containsKey(last) && !INCLUDABLE.contains(last)) {
                throw StripeRefusal.parameter(
                        null, "expand", "This property cannot be expanded (" + path.asText() + ").");
            }
        }
    }

    ObjectNode apply(ObjectNode answer, JsonNode paths) {
        if (paths.isEmpty()) {
            return answer;
        }
        ObjectNode expanded = answer.deepCopy();
        for (JsonNode path : paths) {
            expand(expanded, names(path), path.asText());
        }
        return expanded;
    }

    private void expand(JsonNode node, List<String> names, String path) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> expand(element, names, path));
            return;
        }
        if (!(node instanceof ObjectNode object) || names.isEmpty()) {
            return;
        }
        String name = names.get(0);
        if (!object.has(name)) {
            JsonNode part = includable(object, name);
            if (part == null && !object.has("object") && REFERENCES.containsKey(name)) {
                // A part of an object has the one of several references that fits it, such as a payment's.
                return;
            }
            if (part == null) {
                throw refused(path);
            }
            object.set(name, part);
        }
        JsonNode value = object.get(name);
        Kind kind = REFERENCES.get(name);
        if (value.isTextual()) {
            if (kind == null) {
                throw refused(path);
            }
            ObjectNode target = world.find(kind, value.asText());
            if (target != null) {
                object.set(name, target.deepCopy());
            }
        }
        expand(object.get(name), names.subList(1, names.size()), path);
    }

    private @Nullable JsonNode includable(ObjectNode object, String name) {
        String id = InvoiceBook.idOf(object);
        return switch (object.path("object").asText() + "." + name) {
            case "customer.tax_ids" -> list(taxIds.of(id), "/v1/customers/" + id + "/tax_ids");
            case "customer.subscriptions" -> list(List.of(), "/v1/customers/" + id + "/subscriptions");
            case "customer.sources" -> list(List.of(), "/v1/customers/" + id + "/sources");
            case "invoice.payments" -> list(payments.of(object), "/v1/invoice_payments");
            case "invoice.amount_paid_off_stripe" -> object.numberNode(payments.paidOffStripe(object));
            case "charge.refunds" ->
                list(
                        world.table(Kind.REFUND).newestFirst().stream()
                                .filter(refund -> refund.path("charge").asText().equals(id))
                                .toList(),
                        "/v1/charges/" + id + "/refunds");
            default -> null;
        };
    }

    private static ObjectNode list(List<ObjectNode> all, String url) {
        List<ObjectNode> first =
                all.stream().limit(10).map(ObjectNode::deepCopy).toList();
        return Lists.envelope("list", first, all.size() > first.size(), url);
    }

    private static List<String> names(JsonNode path) {
        return List.of(path.asText().split("\\.", -1));
    }

    private static StripeRefusal refused(String path) {
        return StripeRefusal.rule(null, "expand", "This property cannot be expanded (" + path + ").");
    }
}
