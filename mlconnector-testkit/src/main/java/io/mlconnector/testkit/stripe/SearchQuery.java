package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search query: up to ten clauses joined by AND or by OR, never both. */
final class SearchQuery {

    private static final int MOST_CLAUSES = 10;

    private static final Pattern CLAUSE = Pattern.compile("\\s*(?<not>-)?(?<field>[a-z_]+)"
            + "(?:\\[(?:\"(?<key>[^\"]*)\"|'(?<key2>[^']*)')])?"
            + "(?<operator>:|~|>=|<=|>|<)"
            + "(?:\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"|'(?<text2>(?:[^'\\\\]|\\\\.)*)'|(?<bare>null|-?\\d+))\\s*");

    private static final Pattern JOIN = Pattern.compile("(?<word>AND|OR)(?=\\s)|(?=[-a-z])");

    private static final Map<Kind, Set<String>> FIELDS = Map.of(
            Kind.CUSTOMER,
            Set.of("created", "email", "metadata", "name", "phone"),
            Kind.INVOICE,
            Set.of(
                    "created",
                    "currency",
                    "customer",
                    "metadata",
                    "number",
                    "receipt_number",
                    "status",
                    "subscription",
                    "total",
                    "last_finalization_error_code",
                    "last_finalization_error_type"),
            Kind.CHARGE,
            Set.of("amount", "created", "currency", "customer", "disputed", "metadata", "refunded", "status"),
            Kind.PAYMENT_INTENT,
            Set.of("amount", "created", "currency", "customer", "metadata", "status"),
            Kind.PRICE,
            Set.of("active", "currency", "lookup_key", "metadata", "product", "type"),
            Kind.PRODUCT,
            Set.of("active", "description", "metadata", "name", "shippable", "url"));

    private static final Set<String> NUMERIC = Set.of("amount", "created", "total");

    private final List<Clause> clauses;
    private final boolean any;

    private SearchQuery(List<Clause> clauses, boolean any) {
        this.clauses = clauses;
        this.any = any;
    }

    static SearchQuery parse(Kind kind, String text) {
        List<Clause> clauses = new ArrayList<>();
        Set<String> joins = new HashSet<>();
        Matcher clause = CLAUSE.matcher(text);
        int position = 0;
        while (true) {
            clause.region(position, text.length());
            if (!clause.lookingAt()) {
                throw malformed("cannot be read at character " + position + ": " + text);
            }
            clauses.add(clause(kind, clause));
            position = clause.end();
            if (position == text.length()) {
                break;
            }
            Matcher join = JOIN.matcher(text).region(position, text.length());
            if (!join.lookingAt()) {
                throw malformed("expects AND or OR at character " + position + ": " + text);
            }
            joins.add(join.group("word") == null ? "AND" : join.group("word"));
            position = join.end();
        }
        if (joins.size() > 1) {
            throw malformed("mixes AND and OR: " + text);
        }
        if (clauses.size() > MOST_CLAUSES) {
            throw malformed("has more than " + MOST_CLAUSES + " clauses");
        }
        return new SearchQuery(clauses, joins.contains("OR"));
    }

    boolean matches(JsonNode object) {
        return any
                ? clauses.stream().anyMatch(clause -> clause.matches(object))
                : clauses.stream().allMatch(clause -> clause.matches(object));
    }

    private static Clause clause(Kind kind, Matcher matcher) {
        String field = matcher.group("field");
        String key = either(matcher, "key", "key2");
        String operator = matcher.group("operator");
        if (!FIELDS.getOrDefault(kind, Set.of()).contains(field)) {
            throw malformed("uses the field " + field + ", which " + kind.object() + " search does not know");
        }
        if (field.equals("metadata") == key.isEmpty()) {
            throw malformed("needs a key for metadata and only there");
        }
        boolean numeric = NUMERIC.contains(field);
        boolean compares = operator.startsWith(">") || operator.startsWith("<");
        if ((compares && !numeric) || (operator.equals("~") && numeric)) {
            throw malformed("cannot use " + operator + " with " + field);
        }
        boolean isNull = "null".equals(matcher.group("bare"));
        String value = matcher.group("bare") != null ? matcher.group("bare") : either(matcher, "text", "text2");
        value = value.replaceAll("\\\\(.)", "$1");
        if (operator.equals("~") && value.length() < 3) {
            throw malformed("needs at least 3 characters after ~");
        }
        if (numeric && !isNull && !value.matches("-?\\d{1,18}")) {
            throw malformed("compares " + field + " with something that is no number: " + value);
        }
        return new Clause(matcher.group("not") != null, field, key, operator, value, isNull);
    }

    private static String either(Matcher matcher, String first, String second) {
        if (matcher.group(first) != null) {
            return matcher.group(first);
        }
        return matcher.group(second) == null ? "" : matcher.group(second);
    }

    private static StripeRefusal malformed(String fault) {
        return StripeRefusal.parameter(null, "query", "The search query " + fault);
    }

    private record Clause(boolean negated, String field, String key, String operator, String value, boolean isNull) {

        boolean matches(JsonNode object) {
            return negated
                    != holds(
                            key.isEmpty()
                                    ? object.path(field)
                                    : object.path(field).path(key));
        }

        private boolean holds(JsonNode actual) {
            if (isNull) {
                return actual.isMissingNode() || actual.isNull();
            }
            if (actual.isMissingNode() || actual.isNull()) {
                return false;
            }
            if (NUMERIC.contains(field)) {
                int order = Long.compare(actual.asLong(), Long.parseLong(value));
                return switch (operator) {
                    case ">" -> order > 0;
                    case ">=" -> order >= 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    default -> order == 0;
                };
            }
            String text = actual.asText().toLowerCase(Locale.ROOT);
            String wanted = value.toLowerCase(Locale.ROOT);
            return operator.equals("~") ? text.contains(wanted) : text.equals(wanted);
        }
    }
}
