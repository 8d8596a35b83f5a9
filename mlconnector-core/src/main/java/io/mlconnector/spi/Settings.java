package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.SettingsOutline.Kind;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection or a flow, read one by one. A wrong or missing value does not throw: it is noted, a
 * stand-in is returned, and {@link #check()} throws once with all faults, unknown settings among them. For one thread.
 */
public final class Settings {

    private static final Duration LONGEST = Duration.ofDays(3650);

    private final String path;
    private final Map<String, Object> values;
    private final List<String> faults;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Settings> sections = new ArrayList<>();
    private final Outliner.@Nullable Place outlined;

    private Settings(String path, Map<String, Object> values, List<String> faults, Outliner.@Nullable Place outlined) {
        this.path = path;
        this.values = values;
        this.faults = faults;
        this.outlined = outlined;
    }

    /**
     * Returns settings out of plain values.
     *
     * @param path how faults name the place, such as {@code connections.ifs-prod}
     * @param values strings, numbers, booleans, secrets, lists and maps of those
     * @return the settings
     */
    public static Settings of(String path, Map<String, ?> values) {
        return new Settings(requireNonNull(path, "path"), new LinkedHashMap<>(values), new ArrayList<>(), null);
    }

    /** Returns settings of which none is given, that tell what they are asked for. */
    static Settings outlined(Outliner.Place place) {
        return new Settings("", Map.of(), new ArrayList<>(), place);
    }

    /**
     * Returns where these settings stand in the configuration.
     *
     * @return the path
     */
    public String path() {
        return path;
    }

    /**
     * Returns whether a value is given.
     *
     * @param name the setting
     * @return true if it is there
     */
    public boolean has(String name) {
        asked.add(name);
        return outlined == null ? values.get(name) != null : turn(name, false, List.of(false, true));
    }

    /**
     * Returns a text that must be given.
     *
     * @param name the setting
     * @return the text; empty if it is missing, which is a fault
     */
    public String text(String name) {
        note(name, Kind.TEXT, true, null);
        return optionalText(name).orElseGet(() -> missing(name, ""));
    }

    /**
     * Returns a text.
     *
     * @param name the setting
     * @param otherwise the default
     * @return the text or the default
     */
    public String text(String name, String otherwise) {
        note(name, Kind.TEXT, false, otherwise);
        return optionalText(name).orElse(otherwise);
    }

    /**
     * Returns a text that may be left out.
     *
     * @param name the setting
     * @return the text, if given
     */
    public Optional<String> optionalText(String name) {
        note(name, Kind.TEXT, false, null);
        return value(name, "a text", value -> {
            if (value instanceof String text) {
                return text.isBlank() ? null : text;
            }
            return value instanceof Number || value instanceof Boolean ? value.toString() : null;
        });
    }

    /**
     * Returns a secret that must be given.
     *
     * @param name the setting
     * @return the secret; a stand-in if it is missing, which is a fault
     */
    public Secret secret(String name) {
        note(name, Kind.SECRET, true, null);
        return optionalSecret(name).orElseGet(() -> missing(name, Secret.of("missing")));
    }

    /**
     * Returns a secret that may be left out.
     *
     * @param name the setting
     * @return the secret, if given
     */
    public Optional<Secret> optionalSecret(String name) {
        note(name, Kind.SECRET, false, null);
        asked.add(name);
        Object value = values.get(name);
        if (value instanceof Secret secret) {
            return Optional.of(secret);
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(Secret.of(text));
        }
        if (value != null) {
            faults.add(path + "." + name + " must be a text that is not empty");
        }
        return Optional.empty();
    }

    /**
     * Returns secrets, given as a list or as a single one.
     *
     * @param name the setting
     * @return the secrets; empty if not given
     */
    public List<Secret> secrets(String name) {
        note(name, Kind.SECRETS, false, null);
        asked.add(name);
        Object value = values.get(name);
        Collection<?> items = value == null ? List.of() : value instanceof Collection<?> list ? list : List.of(value);
        var secrets = new ArrayList<Secret>();
        for (Object item : items) {
            if (item instanceof Secret secret) {
                secrets.add(secret);
            } else if (item instanceof String text && !text.isBlank()) {
                secrets.add(Secret.of(text));
            } else {
                faults.add(path + "." + name + " must be a list of texts that are not empty");
            }
        }
        return List.copyOf(secrets);
    }

    /**
     * Returns an absolute http or https address that must be given.
     *
     * @param name the setting
     * @return the address; a stand-in if it is missing or wrong, which is a fault
     */
    public URI uri(String name) {
        note(name, Kind.ADDRESS, true, null);
        return value(name, "an absolute http or https address", Settings::address)
                .orElseGet(() -> values.get(name) == null ? missing(name, standInAddress()) : standInAddress());
    }

    /**
     * Returns an absolute http or https address.
     *
     * @param name the setting
     * @param otherwise the default
     * @return the address or the default
     */
    public URI uri(String name, URI otherwise) {
        note(name, Kind.ADDRESS, false, otherwise);
        return value(name, "an absolute http or https address", Settings::address)
                .orElse(otherwise);
    }

    /**
     * Returns a whole number.
     *
     * @param name the setting
     * @param otherwise the default
     * @param lowest the lowest value allowed
     * @param highest the highest value allowed
     * @return the number or the default
     */
    public int integer(String name, int otherwise, int lowest, int highest) {
        if (outlined != null) {
            outlined.note(name, Kind.NUMBER, false, otherwise, lowest, highest, List.of());
        }
        return value(name, "a whole number from " + lowest + " to " + highest, value -> {
                    int number = new BigDecimal(value.toString()).intValueExact();
                    return number < lowest || number > highest ? null : number;
                })
                .orElse(otherwise);
    }

    /**
     * Returns a yes or no.
     *
     * @param name the setting
     * @param otherwise the default
     * @return the value or the default
     */
    public boolean flag(String name, boolean otherwise) {
        note(name, Kind.FLAG, false, otherwise);
        if (outlined != null) {
            return turn(name, otherwise, List.of(false, true));
        }
        return value(name, "true or false", value -> value instanceof Boolean flag ? flag : null)
                .orElse(otherwise);
    }

    /**
     * Returns a duration in ISO 8601 form, such as {@code PT5M} or {@code P1D}.
     *
     * @param name the setting
     * @param otherwise the default
     * @return the duration or the default, never negative
     */
    public Duration duration(String name, Duration otherwise) {
        note(name, Kind.DURATION, false, otherwise);
        return value(name, "a duration such as PT5M, at most ten years", value -> {
                    try {
                        Duration duration = Duration.parse(value.toString());
                        return duration.isNegative() || duration.compareTo(LONGEST) > 0 ? null : duration;
                    } catch (DateTimeParseException e) {
                        return null;
                    }
                })
                .orElse(otherwise);
    }

    /**
     * Returns one of the constants of an enum, written in lower case with hyphens.
     *
     * @param <E> the enum
     * @param name the setting
     * @param otherwise the default
     * @return the constant or the default
     */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        List<String> words = Arrays.stream(constants).map(Settings::spelled).toList();
        if (outlined != null) {
            outlined.note(name, Kind.CHOICE, false, spelled(otherwise), 0, 0, words);
            return turn(name, otherwise, List.of(constants));
        }
        return value(
                        name,
                        "one of " + String.join(", ", words),
                        value -> Arrays.stream(constants)
                                .filter(constant -> spelled(constant).equals(value))
                                .findFirst()
                                .orElse(null))
                .orElse(otherwise);
    }

    /**
     * Returns a list of texts.
     *
     * @param name the setting
     * @return the texts; empty if not given
     */
    public List<String> texts(String name) {
        note(name, Kind.TEXTS, false, null);
        return value(name, "a list of texts", value -> {
                    if (value instanceof Collection<?> items && items.stream().allMatch(String.class::isInstance)) {
                        return items.stream().map(String.class::cast).toList();
                    }
                    return value instanceof String text ? List.of(text) : null;
                })
                .orElse(List.of());
    }

    /**
     * Returns a table of texts, such as a look-up from one code to another.
     *
     * @param name the setting
     * @return the table, in order; empty if not given
     */
    public Map<String, String> table(String name) {
        note(name, Kind.TABLE, false, null);
        return value(name, "a table of texts", value -> {
                    if (!(value instanceof Map<?, ?> map)) {
                        return null;
                    }
                    var table = new LinkedHashMap<String, String>();
                    map.forEach((from, to) -> table.put(String.valueOf(from), String.valueOf(to)));
                    return (Map<String, String>) table;
                })
                .orElse(Map.of());
    }

    /**
     * Returns the settings below a name.
     *
     * @param name the section
     * @return its settings; empty settings if not given
     */
    public Settings section(String name) {
        asked.add(name);
        if (outlined != null) {
            return new Settings(path + "." + name, Map.of(), faults, outlined.below(name));
        }
        Object value = values.get(name);
        if (value != null && !(value instanceof Map<?, ?>)) {
            faults.add(path + "." + name + " must be an object with settings");
        }
        var below = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                if (item != null) {
                    below.put(String.valueOf(key), item);
                }
            });
        }
        Settings section = new Settings(path + "." + name, below, faults, null);
        sections.add(section);
        return section;
    }

    /**
     * Returns the sections below a name whose names are free, such as one per entity.
     *
     * @param name the setting that holds them
     * @return name to settings, in order
     */
    public Map<String, Settings> sections(String name) {
        return section(name).sections();
    }

    /**
     * Returns the sections here, where all names are free.
     *
     * @return name to settings, in order
     */
    public Map<String, Settings> sections() {
        if (outlined != null) {
            return Map.of("*", new Settings(path + ".*", Map.of(), faults, outlined.others()));
        }
        var found = new LinkedHashMap<String, Settings>();
        names().forEach(key -> found.put(key, section(key)));
        return found;
    }

    /**
     * Returns the names that are given here.
     *
     * @return the names, in order
     */
    public Set<String> names() {
        if (outlined != null) {
            outlined.open();
        }
        return new LinkedHashSet<>(values.keySet());
    }

    /**
     * Notes a fault that only the reader of a setting can see.
     *
     * @param name the setting
     * @param rule what it must be, and what it is
     */
    public void fault(String name, String rule) {
        faults.add(path + "." + name + " " + rule);
    }

    /**
     * Throws if anything was wrong: a missing or wrong value, or a setting that nobody asked for.
     *
     * @throws ConfigurationException with all faults
     */
    public void check() {
        if (outlined != null) {
            throw new Outliner.Outlined();
        }
        findUnknown();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.stream().distinct().toList());
        }
    }

    private void findUnknown() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                String hint = Nearest.to(name, asked)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known: " + String.join(", ", asked));
                faults.add(path + "." + name + " is not a setting; " + hint);
            }
        }
        sections.forEach(Settings::findUnknown);
    }

    private <T> Optional<T> value(String name, String rule, Function<Object, @Nullable T> reader) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        T result = null;
        try {
            result = reader.apply(value);
        } catch (ArithmeticException | IllegalArgumentException e) {
            // the fault below names the value and the rule
        }
        if (result == null) {
            faults.add(path + "." + name + " must be " + rule + ": " + value);
        }
        return Optional.ofNullable(result);
    }

    private void note(String name, Kind kind, boolean required, @Nullable Object otherwise) {
        if (outlined != null) {
            outlined.note(name, kind, required, otherwise);
        }
    }

    private <T> T turn(String name, T usual, List<T> ways) {
        return requireNonNull(outlined).turn(path + "." + name, usual, ways);
    }

    private <T> T missing(String name, T standIn) {
        String full = path + "." + name;
        if (faults.stream().noneMatch(fault -> fault.startsWith(full + " "))) {
            faults.add(full + " is missing");
        }
        return standIn;
    }

    private static @Nullable URI address(Object value) {
        URI uri = URI.create(value.toString());
        boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        return http && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
    }

    private static URI standInAddress() {
        return URI.create("https://missing.invalid");
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
