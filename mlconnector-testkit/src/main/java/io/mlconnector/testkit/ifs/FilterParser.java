package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@code $filter} by recursive descent: or, and, equality, order, not, and what stands in parentheses. Columns,
 * literal types and functions are checked here, once per request.
 */
final class FilterParser {

    private static final Set<String> EQUALITY = Set.of("eq", "ne");
    private static final Set<String> ORDER = Set.of("gt", "ge", "lt", "le");
    private static final Set<String> NOT_SIMULATED = Set.of("has", "add", "sub", "mul", "div", "mod");

    private final EntitySetDefinition definition;
    private final List<String> tokens;
    private int next;
    private boolean namesTimes;

    private FilterParser(EntitySetDefinition definition, List<String> tokens) {
        this.definition = definition;
        this.tokens = tokens;
    }

    /** A parsed filter, and whether it carries a literal of a point in time. */
    record Filter(Operand condition, boolean namesTimes) {

        static final Filter ALL = new Filter(Operand.constant(new Literal(EdmType.BOOLEAN, true)), false);
    }

    static Filter parse(EntitySetDefinition definition, String text) {
        FilterParser parser = new FilterParser(definition, FilterTokens.of(text));
        Operand condition = parser.or();
        if (parser.next < parser.tokens.size()) {
            throw NOT_SIMULATED.contains(parser.peek()) ? Refusal.notImplemented() : parser.syntaxError();
        }
        if (condition.type() != EdmType.BOOLEAN) {
            throw Refusal.incompatibleTypes(condition.typeName(), EdmType.BOOLEAN.edmName());
        }
        return new Filter(condition, parser.namesTimes);
    }

    private Operand or() {
        Operand left = and();
        while (accept("or")) {
            left = FilterOperators.or(left, and());
        }
        return left;
    }

    private Operand and() {
        Operand left = equality();
        while (accept("and")) {
            left = FilterOperators.and(left, equality());
        }
        return left;
    }

    private Operand equality() {
        Operand left = order();
        while (EQUALITY.contains(peek())) {
            left = FilterOperators.compare(take(), left, order());
        }
        return left;
    }

    private Operand order() {
        Operand left = unary();
        while (ORDER.contains(peek())) {
            left = FilterOperators.compare(take(), left, unary());
        }
        return left;
    }

    private Operand unary() {
        return accept("not") ? FilterOperators.not(unary()) : primary();
    }

    private Operand primary() {
        if (accept("(")) {
            Operand inner = or();
            expect(")");
            return inner;
        }
        String token = take();
        if (token.equals("null")) {
            return Operand.nothing();
        }
        Literal literal = Literal.of(token).orElse(null);
        if (literal != null) {
            namesTimes |= literal.type() == EdmType.DATE_TIME_OFFSET;
            return Operand.constant(literal);
        }
        if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
            throw syntaxError();
        }
        if (accept("(")) {
            return FilterOperators.call(token, arguments());
        }
        if (peek().equals("/")) {
            throw Refusal.notImplemented();
        }
        return definition.column(token).map(Operand::column).orElseThrow(() -> Ordering.unknown(definition, token));
    }

    private List<Operand> arguments() {
        List<Operand> arguments = new ArrayList<>();
        do {
            arguments.add(or());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw syntaxError();
        }
        return tokens.get(next++);
    }

    private boolean accept(String token) {
        if (!peek().equals(token)) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw syntaxError();
        }
    }

    private Refusal syntaxError() {
        return Refusal.badRequest("Syntax error in the filter near '" + peek() + "'.");
    }
}
