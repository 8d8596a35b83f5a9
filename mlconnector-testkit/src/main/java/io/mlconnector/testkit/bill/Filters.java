package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The filters and orders that BILL documents, and none besides. */
final class Filters {

    private static final Set<String> EQUALITY = Set.of("eq", "ne");
    private static final Set<String> ORDER = Set.of("gt", "gte", "lt", "lte");
    private static final Set<String> TIMES = Set.of("createdTime", "updatedTime", "dueDate");

    private static final Map<String, Map<String, Set<String>>> KNOWN = Map.of(
            "vendors",
            Map.of(
                    "id", Set.of("eq", "ne", "in"),
                    "archived", EQUALITY,
                    "name", Set.of("eq", "sw"),
                    "accountType", EQUALITY,
                    "address.country", EQUALITY,
                    "billCurrency", EQUALITY,
                    "paymentStatus", EQUALITY,
                    "createdTime", ORDER,
                    "updatedTime", ORDER),
            "bills",
            Map.of(
                    "id", Set.of("eq", "ne", "in"),
                    "archived", EQUALITY,
                    "vendorId", Set.of("eq", "in"),
                    "dueDate", ORDER,
                    "paymentStatus", Set.of("eq", "ne", "in"),
                    "createdTime", ORDER,
                    "updatedTime", ORDER),
            "payments",
            Map.of(
                    "id", Set.of("eq", "in"),
                    "billId", Set.of("eq", "in"),
                    "vendorId", Set.of("eq", "in"),
                    "updatedTime", ORDER));

    private static final Map<String, Set<String>> SORTS = Map.of(
            "vendors", Set.of("name", "shortName", "email", "phone", "billCurrency", "createdTime", "updatedTime"),
            "bills",
                    Set.of(
                            "fundingAmount",
                            "exchangeRate",
                            "description",
                            "dueDate",
                            "archived",
                            "createdTime",
                            "updatedTime"),
            "payments",
                    Set.of("processDate", "amount", "confirmationNumber", "description", "createdTime", "updatedTime"));

    private Filters() {}

    static void requireSort(String resource, String sort) {
        String[] parts = sort.split(":", -1);
        if (parts.length != 2
                || !SORTS.getOrDefault(resource, Set.of()).contains(parts[0])
                || !Set.of("asc", "desc").contains(parts[1])) {
            throw BillRefusal.field("sort: " + resource + " cannot be sorted by " + sort);
        }
    }

    /** Reads filters that are joined by commas outside of quotes. */
    static Predicate<JsonNode> read(String resource, String text) {
        Predicate<JsonNode> all = object -> true;
        for (String filter : split(text)) {
            all = all.and(one(resource, filter));
        }
        return all;
    }

    static boolean namesArchived(String text) {
        return split(text).stream().anyMatch(filter -> filter.startsWith("archived:"));
    }

    private static List<String> split(String text) {
        var filters = new ArrayList<String>();
        var filter = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            quoted ^= letter == '"';
            if (letter == ',' && !quoted) {
                filters.add(filter.toString());
                filter.setLength(0);
            } else {
                filter.append(letter);
            }
        }
        if (quoted) {
            throw BillRefusal.field("filters: a quote is not closed: " + text);
        }
        if (!filter.isEmpty()) {
            filters.add(filter.toString());
        }
        return filters;
    }

    private static Predicate<JsonNode> one(String resource, String filter) {
        int first = filter.indexOf(':');
        int second = filter.indexOf(':', first + 1);
        if (first < 1 || second < 0) {
            throw BillRefusal.field("filters: must be field:operator:value: " + filter);
        }
        String field = filter.substring(0, first);
        String operator = filter.substring(first + 1, second);
        String raw = filter.substring(second + 1);
        boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
        Map<String, Set<String>> known = KNOWN.getOrDefault(resource, Map.of());
        if (!known.getOrDefault(field, Set.of()).contains(operator)) {
            throw BillRefusal.field("filters: " + resource + " cannot be filtered by " + field + ":" + operator);
        }
        boolean needsQuotes = Set.of("in", "nin", "sw").contains(operator) || (raw.contains(":") || raw.contains(","));
        if (needsQuotes && !quoted) {
            throw BillRefusal.field("filters: the value must be quoted: " + filter);
        }
        String value = quoted ? raw.substring(1, raw.length() - 1) : raw;
        return object -> matches(at(object, field), field, operator, value);
    }

    private static JsonNode at(JsonNode object, String field) {
        JsonNode node = object;
        for (String part : field.split("\\.", -1)) {
            node = node.path(part);
        }
        if (field.equals("billId") && node.isMissingNode()) {
            return object.path("billPayments");
        }
        return node;
    }

    private static boolean matches(JsonNode held, String field, String operator, String value) {
        if (held.isArray()) {
            for (JsonNode part : held) {
                if (matches(part.path(field), field, operator, value)) {
                    return true;
                }
            }
            return false;
        }
        String text = held.asText("");
        return switch (operator) {
            case "eq" -> text.equals(value);
            case "ne" -> !text.equals(value);
            case "in" -> List.of(value.split(",", -1)).contains(text);
            case "sw" -> text.startsWith(value);
            default -> ordered(compare(field, text, value), operator);
        };
    }

    private static boolean ordered(int order, String operator) {
        return switch (operator) {
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            default -> order <= 0;
        };
    }

    private static int compare(String field, String text, String value) {
        if (TIMES.contains(field)) {
            Instant wanted = Times.instant(value);
            Instant held = Times.instant(text);
            if (wanted == null) {
                throw BillRefusal.field("filters: not a time: " + value);
            }
            return held == null ? -1 : held.compareTo(wanted);
        }
        return new BigDecimal(text).compareTo(new BigDecimal(value));
    }
}
