package io.mlconnector.config;

import io.mlconnector.spi.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what {@code ${env:NAME}}, {@code ${env:NAME:-default}} and {@code ${secret:NAME}} stand for, and notes what cannot be
 * found.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final String ENVIRONMENT = "env:";
    private static final String SECRET = "secret:";

    private final Function<String, @Nullable String> environment;
    private final Function<String, List<Secret>> credentials;
    private final List<String> faults;
    private final Map<String, Set<String>> places = new LinkedHashMap<>();

    Placeholders(
            Function<String, @Nullable String> environment,
            Function<String, List<Secret>> credentials,
            List<String> faults) {
        this.environment = environment;
        this.credentials = credentials;
        this.faults = faults;
    }

    /** Which settings are a credential and nothing else: its name to their paths. */
    Map<String, Set<String>> places() {
        return places;
    }

    Object filled(String path, Object value) {
        if (value instanceof String text) {
            Matcher whole = PLACEHOLDER.matcher(text);
            if (whole.matches() && whole.group(1).startsWith(SECRET)) {
                return place(path, whole.group(1).substring(SECRET.length())).get(0);
            }
            return PLACEHOLDER
                    .matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(resolved(path, match.group(1))));
        }
        if (value instanceof Map<?, ?> map) {
            var filled = new LinkedHashMap<String, Object>();
            map.forEach((name, item) -> filled.put(String.valueOf(name), filled(path + "." + name, item)));
            return filled;
        }
        if (value instanceof List<?> list) {
            var filled = new ArrayList<Object>();
            list.forEach(item -> filled.addAll(items(path + "[" + filled.size() + "]", item)));
            return filled;
        }
        return value;
    }

    /** In a list, a credential of which several versions are valid stands for all of them. */
    private List<?> items(String path, Object item) {
        if (item instanceof String text) {
            Matcher matcher = PLACEHOLDER.matcher(text);
            if (matcher.matches() && matcher.group(1).startsWith(SECRET)) {
                return place(path, matcher.group(1).substring(SECRET.length()));
            }
        }
        return List.of(filled(path, item));
    }

    private String resolved(String path, String name) {
        if (name.startsWith(ENVIRONMENT)) {
            return variable(path, name.substring(ENVIRONMENT.length()));
        }
        if (name.startsWith(SECRET)) {
            return secret(path, name.substring(SECRET.length()));
        }
        faults.add(path + " has the placeholder ${" + name
                + "}; known: ${env:NAME}, ${env:NAME:-default} and ${secret:NAME}");
        return "?";
    }

    private String variable(String path, String name) {
        String[] parts = name.split(":-", 2);
        String variable = parts[0];
        String value = environment.apply(variable);
        if ((value == null || value.isBlank()) && parts.length == 2) {
            return parts[1];
        }
        if (value == null || value.isBlank()) {
            faults.add(path + " needs the environment variable " + variable + ", which is not set");
            return "?";
        }
        return value;
    }

    private String secret(String path, String name) {
        return secrets(path, name).get(0);
    }

    /** A setting that is the whole credential can be replaced while it is in use; one with more text around it cannot. */
    private List<String> place(String path, String name) {
        List<String> values = secrets(path, name);
        places.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(path);
        return values;
    }

    private List<String> secrets(String path, String name) {
        List<Secret> valid = credentials.apply(name);
        if (valid.isEmpty()) {
            faults.add(path + " needs the credential '" + name + "', which is not in the store of credentials");
            return List.of("?");
        }
        return valid.stream().map(Secret::reveal).toList();
    }
}
