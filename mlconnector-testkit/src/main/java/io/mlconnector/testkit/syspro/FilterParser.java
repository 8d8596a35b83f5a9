package io.mlconnector.testkit.syspro;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code $filter}: comparisons of a column with a literal, startswith, not, and, or, parentheses. */
final class FilterParser {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*('(?:[^']|'')*'|\\(|\\)|,|[A-Za-z_][A-Za-z0-9_]*|-?[0-9][0-9A-Za-z:.+-]*)");
    private static final Set<String> COMPARISONS = Set.of("eq", "ne", "gt", "ge", "lt", "le");

    private final Table table;
    private final List<String> tokens;
    private int next;

    private FilterParser(Table table, List<String> tokens) {
        this.table = table;
        this.tokens = tokens;
    }

    static Predicate<Map<String, Object>> parse(Table table, String text) {
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < text.stripTrailing().length()) {
            throw new Refusal(400, "Syntax error at position " + end + " in '" + text + "'.");
        }
        var parser = new FilterParser(table, tokens);
        Predicate<Map<String, Object>> condition = parser.or();
        if (parser.next < tokens.size()) {
            throw parser.syntax();
        }
        return condition;
    }

    private Predicate<Map<String, Object>> or() {
        Predicate<Map<String, Object>> left = and();
        while (accept("or")) {
            left = left.or(and());
        }
        return left;
    }

    private Predicate<Map<String, Object>> and() {
        Predicate<Map<String, Object>> left = unary();
        while (accept("and")) {
            left = left.and(unary());
        }
        return left;
    }

    private Predicate<Map<String, Object>> unary() {
        if (accept("not")) {
            return unary().negate();
        }
        if (accept("(")) {
            Predicate<Map<String, Object>> inner = or();
            expect(")");
            return inner;
        }
        String word = take();
        if (word.equals("startswith")) {
            expect("(");
            String column = take();
            requireText(column);
            expect(",");
            String start = unquoted(take());
            expect(")");
            return row -> row.get(column) instanceof String text && text.startsWith(start);
        }
        String comparison = take();
        if (!COMPARISONS.contains(comparison)) {
            throw syntax();
        }
        return comparison(word, comparison, take());
    }

    private void requireText(String column) {
        if (table.type(column) != EdmType.STRING) {
            throw new Refusal(400, "No function signature for startswith matches the type of '" + column + "'.");
        }
    }

    private Predicate<Map<String, Object>> comparison(String column, String comparison, String literal) {
        EdmType type = table.type(column);
        if (literal.equals("null")) {
            return switch (comparison) {
                case "eq" -> row -> row.get(column) == null;
                case "ne" -> row -> row.get(column) != null;
                default -> row -> false;
            };
        }
        if (!type.ordered()) {
            throw new Refusal(
                    400,
                    "A binary operator with incompatible types was detected. Found operand types 'Edm.Binary' for operator"
                            + " kind '" + comparison + "'.");
        }
        Object value = literal(type, literal);
        return row -> {
            Object there = row.get(column);
            return there == null ? comparison.equals("ne") : holds(comparison, compare(there, value));
        };
    }

    private static boolean holds(String comparison, int result) {
        return switch (comparison) {
            case "eq" -> result == 0;
            case "ne" -> result != 0;
            case "gt" -> result > 0;
            case "ge" -> result >= 0;
            case "lt" -> result < 0;
            default -> result <= 0;
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // both are of the column's type
    static int compare(Object one, Object other) {
        return ((Comparable) one).compareTo(other);
    }

    private static Object literal(EdmType type, String literal) {
        boolean quoted = literal.startsWith("'");
        if (quoted != (type == EdmType.STRING)) {
            throw new Refusal(400, "Incompatible types: " + type.edmName() + " and " + literal);
        }
        try {
            return switch (type) {
                case STRING -> unquoted(literal);
                case DECIMAL -> new BigDecimal(literal);
                case TIME -> Instant.parse(literal);
                case NUMBER, BYTES -> Long.valueOf(literal);
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new Refusal(400, "Unrecognized literal " + literal);
        }
    }

    private static String unquoted(String literal) {
        if (!literal.startsWith("'")) {
            throw new Refusal(400, "a text literal is expected: " + literal);
        }
        return literal.substring(1, literal.length() - 1).replace("''", "'");
    }

    private String take() {
        if (next == tokens.size()) {
            throw syntax();
        }
        return tokens.get(next++);
    }

    private boolean accept(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw syntax();
        }
    }

    private Refusal syntax() {
        return new Refusal(400, "Syntax error at token " + next + " of " + tokens + ".");
    }
}
