package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reading events; they are forgotten after thirty days. */
final class Events {

    private static final long KEPT_SECONDS = Duration.ofDays(30).toSeconds();

    private static final Schema LIST = Lists.PAGE_BY_TIME.with(
            optional("delivery_success", Types.bool()),
            optional("type", Types.text(100)),
            optional("types", Types.list(Types.text(100), 20)));

    private final World world;

    Events(World world) {
        this.world = world;
    }

    void register(Routes routes) {
        routes.get("/v1/events", Kind.EVENT, LIST, this::list);
        routes.get("/v1/events/{id}", Kind.EVENT, this::retrieve);
    }

    private ObjectNode retrieve(Invocation call) {
        ObjectNode row = world.require(Kind.EVENT, call.id());
        if (isHidden(row)) {
            throw StripeRefusal.noSuch(404, Kind.EVENT.object(), call.id(), "id");
        }
        return world.journal().document(row);
    }

    private ObjectNode list(Invocation call) {
        if (call.has("type") && call.has("types")) {
            throw StripeRefusal.exclusive("type", "type", "types");
        }
        // nothing is pushed, so no event waits for a delivery
        boolean undeliveredOnly = call.has("delivery_success") && !call.isTrue("delivery_success");
        return Lists.page(
                Kind.EVENT,
                visible(call),
                call,
                byType(call).and(row -> !undeliveredOnly && !isHidden(row)),
                row -> world.journal().document(row));
    }

    /** All events, unless a cursor is one that is not shown: the cursor is unknown then. */
    private List<ObjectNode> visible(Invocation call) {
        for (String cursor : new String[] {"starting_after", "ending_before"}) {
            ObjectNode row = world.find(Kind.EVENT, call.text(cursor));
            if (row != null && isHidden(row)) {
                throw StripeRefusal.noSuch(
                        400, Kind.EVENT.object(), row.path("id").asText(), cursor);
            }
        }
        return world.table(Kind.EVENT).newestFirst();
    }

    /** Events are shown for thirty days, and some not at once. */
    private boolean isHidden(ObjectNode row) {
        long now = world.now();
        return row.path("created").asLong() < now - KEPT_SECONDS
                || row.path("visible").asLong() > now;
    }

    private static Predicate<ObjectNode> byType(Invocation call) {
        Set<String> types = new HashSet<>();
        for (JsonNode type : call.params().path("types")) {
            types.add(type.asText());
        }
        String pattern = call.text("type");
        return row -> {
            String type = row.path("type").asText();
            if (pattern != null && pattern.endsWith("*")) {
                return type.startsWith(pattern.substring(0, pattern.length() - 1));
            }
            return pattern != null ? type.equals(pattern) : types.isEmpty() || types.contains(type);
        };
    }
}
