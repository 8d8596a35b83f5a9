package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Cursor pages over objects in display order. */
final class Lists {

    private static final int DEFAULT_LIMIT = 10;

    static final Schema PAGE = Schema.of(
            Parameter.optional("limit", Types.integer(1, 100)),
            Parameter.optional("starting_after", Types.id()),
            Parameter.optional("ending_before", Types.id()));

    static final Schema PAGE_BY_TIME = PAGE.with(Parameter.optional("created", Types.range()));

    private Lists() {}

    static ObjectNode page(Kind kind, List<ObjectNode> objects, Invocation call, Predicate<ObjectNode> filter) {
        return page(kind, objects, call, filter, UnaryOperator.identity());
    }

    static ObjectNode page(
            Kind kind,
            List<ObjectNode> objects,
            Invocation call,
            Predicate<ObjectNode> filter,
            UnaryOperator<ObjectNode> rendering) {
        String after = call.text("starting_after");
        String before = call.text("ending_before");
        if (after != null && before != null) {
            throw StripeRefusal.exclusive("starting_after", "starting_after", "ending_before");
        }
        int limit = limit(call);
        Predicate<ObjectNode> wanted = filter.and(
                object -> inRange(object.path("created").asLong(), call.params().path("created")));
        List<ObjectNode> found = new ArrayList<>();
        if (before != null) {
            for (int i = indexOf(kind, objects, before, "ending_before") - 1; i >= 0 && found.size() <= limit; i--) {
                addIf(wanted, objects.get(i), found);
            }
        } else {
            int start = after == null ? 0 : indexOf(kind, objects, after, "starting_after") + 1;
            for (int i = start; i < objects.size() && found.size() <= limit; i++) {
                addIf(wanted, objects.get(i), found);
            }
        }
        boolean more = found.size() > limit;
        List<ObjectNode> page = new ArrayList<>(more ? found.subList(0, limit) : found);
        if (before != null) {
            Collections.reverse(page);
        }
        page.replaceAll(rendering);
        return envelope("list", page, more, call.path());
    }

    static ObjectNode envelope(String object, List<ObjectNode> data, boolean more, String url) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("object", object);
        ArrayNode array = list.putArray("data");
        data.forEach(array::add);
        list.put("has_more", more);
        list.put("url", url);
        return list;
    }

    static int limit(Invocation call) {
        return call.params().path("limit").asInt(DEFAULT_LIMIT);
    }

    /** Whether a text field of the object equals the parameter of the same name, where that was sent. */
    static Predicate<ObjectNode> sameAs(Invocation call, String... fields) {
        return object -> {
            for (String field : fields) {
                if (call.has(field) && !call.params().get(field).equals(object.get(field))) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Whether a field of the object is among the values of an array parameter, where that was sent. */
    static Predicate<ObjectNode> oneOf(Invocation call, String parameter, String field) {
        return object -> {
            if (!call.has(parameter)) {
                return true;
            }
            for (JsonNode value : call.params().get(parameter)) {
                if (value.equals(object.get(field))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static void addIf(Predicate<ObjectNode> wanted, ObjectNode object, List<ObjectNode> found) {
        if (wanted.test(object)) {
            found.add(object);
        }
    }

    private static int indexOf(Kind kind, List<ObjectNode> objects, String id, String parameter) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw StripeRefusal.noSuch(400, kind.object(), id, parameter);
    }

    static boolean inRange(long time, JsonNode range) {
        if (range.isMissingNode()) {
            return true;
        }
        if (range.isNumber()) {
            return time == range.asLong();
        }
        return time > range.path("gt").asLong(Long.MIN_VALUE)
                && time >= range.path("gte").asLong(Long.MIN_VALUE)
                && time < range.path("lt").asLong(Long.MAX_VALUE)
                && time <= range.path("lte").asLong(Long.MAX_VALUE);
    }
}
