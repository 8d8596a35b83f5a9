package io.mlconnector.testkit.ifs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The key in the parentheses of a path: every part is named and typed. */
final class KeyPredicate {

    private static final Pattern PART = Pattern.compile("([A-Za-z_]\\w*)=(" + Literal.TEXT + "|[^,']+)(,|$)");

    private KeyPredicate() {}

    static List<Object> parse(EntitySetDefinition definition, String text) {
        Map<String, Object> values = new HashMap<>();
        Matcher matcher = PART.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw malformed();
            }
            Column column =
                    definition.column(matcher.group(1)).filter(Column::isKey).orElseThrow(KeyPredicate::malformed);
            Object value = Literal.of(matcher.group(2))
                    .flatMap(literal -> literal.as(column.type()))
                    .orElseThrow(KeyPredicate::malformed);
            if (values.put(column.name(), value) != null) {
                throw malformed();
            }
            at = matcher.end();
            if (at == text.length() && ",".equals(matcher.group(3))) {
                throw malformed();
            }
        }
        if (values.size() != definition.keys().size()) {
            throw malformed();
        }
        return definition.keys().stream()
                .map(column -> Optional.ofNullable(values.get(column.name())).orElseThrow(KeyPredicate::malformed))
                .toList();
    }

    private static Refusal malformed() {
        return Refusal.badRequest("The key predicates of the URI are not valid.");
    }

    /** The key as it stands in a path, percent-encoded. */
    static String render(EntitySetDefinition definition, List<Object> key) {
        return definition.keys().stream()
                .map(column -> {
                    Object value = key.get(definition.keys().indexOf(column));
                    return column.name() + "="
                            + (value instanceof String text
                                    ? "'" + PercentCode.encode(text.replace("'", "''")) + "'"
                                    : value.toString());
                })
                .collect(Collectors.joining(",", "(", ")"));
    }
}
