package io.mlconnector.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a configuration, comments allowed, and puts in what {@code ${env:NAME}} and {@code ${env:NAME:-default}} stand
 * for.
 */
final class ConfigFile {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final String ENVIRONMENT = "env:";
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});

    private final Function<String, @Nullable String> environment;
    private final List<String> faults;

    private ConfigFile(Function<String, @Nullable String> environment, List<String> faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /** Returns the values of the file; a placeholder without a value is noted in {@code faults}. */
    static Map<String, Object> read(String json, Function<String, @Nullable String> environment, List<String> faults) {
        Map<String, Object> values;
        try {
            values = JSON.readValue(json);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new ConfigurationException(
                    "the configuration is no JSON object" + place + ": " + e.getOriginalMessage());
        }
        ConfigFile file = new ConfigFile(environment, faults);
        Map<String, Object> filled = new LinkedHashMap<>();
        values.forEach((name, value) -> filled.put(name, file.filled(name, value)));
        return filled;
    }

    private Object filled(String path, Object value) {
        if (value instanceof String text) {
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
            list.forEach(item -> filled.add(filled(path + "[" + filled.size() + "]", item)));
            return filled;
        }
        return value;
    }

    private String resolved(String path, String name) {
        if (!name.startsWith(ENVIRONMENT)) {
            faults.add(path + " has the placeholder ${" + name + "}; known: ${env:NAME} and ${env:NAME:-default}");
            return "?";
        }
        String[] parts = name.substring(ENVIRONMENT.length()).split(":-", 2);
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
}
