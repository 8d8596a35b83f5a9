package io.mlconnector.testkit.ifs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What the operators and functions of a filter mean. Types are checked when the filter is built, not per row. */
final class FilterOperators {

    private static final Map<String, BiPredicate<String, String>> TEXT_TESTS =
            Map.of("contains", String::contains, "startswith", String::startsWith, "endswith", String::endsWith);

    /** Functions that OData knows and this sandbox does not simulate. */
    private static final Set<String> NOT_SIMULATED = Set.of(
            "length",
            "indexof",
            "substring",
            "trim",
            "concat",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "date",
            "time",
            "now",
            "round",
            "floor",
            "ceiling",
            "cast",
            "isof");

    private FilterOperators() {}

    static Operand and(Operand left, Operand right) {
        return logical(left, right, false);
    }

    static Operand or(Operand left, Operand right) {
        return logical(left, right, true);
    }

    /** Three-valued logic: one decisive side settles the result, whatever the other is. */
    private static Operand logical(Operand left, Operand right, boolean decisive) {
        left.requireType(EdmType.BOOLEAN);
        right.requireType(EdmType.BOOLEAN);
        return new Operand(EdmType.BOOLEAN, row -> {
            Object first = left.evaluation().of(row);
            if (first != null && first.equals(decisive)) {
                return decisive;
            }
            Object second = right.evaluation().of(row);
            if (second != null && second.equals(decisive)) {
                return decisive;
            }
            return first == null || second == null ? null : (Object) !decisive;
        });
    }

    static Operand not(Operand inner) {
        inner.requireType(EdmType.BOOLEAN);
        return new Operand(EdmType.BOOLEAN, row -> {
            Object value = inner.evaluation().of(row);
            return value == null ? null : (Object) !(Boolean) value;
        });
    }

    static Operand compare(String operator, Operand left, Operand right) {
        EdmType leftType = left.type();
        EdmType rightType = right.type();
        if (leftType != null && rightType != null && !leftType.isComparableWith(rightType)) {
            throw Refusal.incompatibleTypes(left.typeName(), right.typeName());
        }
        return new Operand(EdmType.BOOLEAN, row -> {
            Object first = left.evaluation().of(row);
            Object second = right.evaluation().of(row);
            return switch (operator) {
                case "eq" -> equal(first, second);
                case "ne" -> !equal(first, second);
                default -> first != null && second != null && ordered(operator, compareValues(first, second));
            };
        });
    }

    private static boolean equal(@Nullable Object first, @Nullable Object second) {
        if (first == null || second == null) {
            return Objects.equals(first, second);
        }
        return compareValues(first, second) == 0;
    }

    private static boolean ordered(String operator, int comparison) {
        return switch (operator) {
            case "gt" -> comparison > 0;
            case "ge" -> comparison >= 0;
            case "lt" -> comparison < 0;
            case "le" -> comparison <= 0;
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    @SuppressWarnings("unchecked")
    static int compareValues(Object left, Object right) {
        if (left.getClass() == right.getClass()) {
            return ((Comparable<Object>) left).compareTo(right);
        }
        return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }

    static Operand call(String function, List<Operand> arguments) {
        if (NOT_SIMULATED.contains(function)) {
            throw Refusal.notImplemented();
        }
        BiPredicate<String, String> test = TEXT_TESTS.get(function);
        boolean changesCase = function.equals("tolower") || function.equals("toupper");
        if (arguments.size() != (test != null ? 2 : changesCase ? 1 : -1)) {
            throw Refusal.badRequest(
                    "The function '" + function + "' with " + arguments.size() + " parameters is not known.");
        }
        arguments.forEach(argument -> argument.requireType(EdmType.STRING));
        Operand first = arguments.get(0);
        if (test != null) {
            Operand second = arguments.get(1);
            return new Operand(EdmType.BOOLEAN, row -> {
                Object text = first.evaluation().of(row);
                Object part = second.evaluation().of(row);
                return text == null || part == null ? null : (Object) test.test((String) text, (String) part);
            });
        }
        boolean lower = function.equals("tolower");
        return new Operand(EdmType.STRING, row -> {
            if (!(first.evaluation().of(row) instanceof String text)) {
                return null;
            }
            return lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
        });
    }
}
