package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Attributes;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns wire rows into canonical records by named rules: {@code canonical field <- wire field, conversion}. Compiled
 * once, immutable and safe for threads.
 *
 * @param <T> what a row becomes
 */
public final class RecordMapping<T> {

    private static final String ATTRIBUTES = "attributes.";

    private final String name;
    private final List<ReadRule> rules;
    private final RowLayout layout;
    private final int[] slots;
    private final Function<Values, T> assembly;
    private final Lineage lineage;

    private RecordMapping(String name, List<ReadRule> rules, List<String> extraFields, Function<Values, T> assembly) {
        this.name = name;
        this.rules = rules;
        this.assembly = assembly;
        var paths = new ArrayList<>(rules.stream().map(ReadRule::from).toList());
        paths.addAll(extraFields);
        this.layout = RowLayout.of(paths);
        this.slots = rules.stream().mapToInt(rule -> layout.slot(rule.from())).toArray();
        var texts = new TreeMap<String, String>();
        rules.forEach(rule -> texts.put(rule.name(), rule.text()));
        this.lineage = Lineages.of(name, texts);
    }

    /**
     * Starts the rules of a mapping.
     *
     * @param <T> what a row becomes
     * @param name names the mapping, such as {@code ifs.customers}
     * @param overrides a user's changes: canonical field to {@code from}, {@code table}, {@code default}
     * @return the rules, still open
     */
    public static <T> Rules<T> named(String name, Settings overrides) {
        return new Rules<>(name, overrides);
    }

    /**
     * Returns which wire fields are needed, for the decoder and for asking the remote system.
     *
     * @return the layout
     */
    public RowLayout layout() {
        return layout;
    }

    /**
     * Turns a row into a record.
     *
     * @param row a row of {@link #layout()}
     * @return the record
     * @throws MappingException naming every field that breaks its rule
     */
    public T map(Row row) {
        var values = new @Nullable Object[rules.size()];
        List<String> faults = List.of();
        Map<String, String> attributes = Map.of();
        for (int i = 0; i < values.length; i++) {
            ReadRule rule = rules.get(i);
            try {
                values[i] = rule.read(row, slots[i]);
            } catch (MappingException fault) {
                faults = faults.isEmpty() ? new ArrayList<>() : faults;
                faults.addAll(fault.faults());
            }
            if (values[i] != null && rule.name().startsWith(ATTRIBUTES)) {
                attributes = attributes.isEmpty() ? new LinkedHashMap<>() : attributes;
                attributes.put(rule.name().substring(ATTRIBUTES.length()), String.valueOf(values[i]));
            }
        }
        if (!faults.isEmpty()) {
            throw new MappingException(faults);
        }
        try {
            return assembly.apply(new Values(values, Attributes.of(attributes)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MappingException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the rules as a Markdown table.
     *
     * @return a header and a line per rule
     */
    public String describe() {
        var text = new StringBuilder("| canonical field | wire field | conversion |\n| --- | --- | --- |\n");
        for (ReadRule rule : rules) {
            text.append("| `")
                    .append(rule.name())
                    .append("` | `")
                    .append(rule.from())
                    .append("` | ")
                    .append(rule.remark())
                    .append(" |\n");
        }
        return text.toString();
    }

    /**
     * Returns which rule makes each field.
     *
     * @return the lineage, by canonical field
     */
    public Lineage lineage() {
        return lineage;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * The rules of a mapping, still open. For one thread.
     *
     * @param <T> what a row becomes
     */
    public static final class Rules<T> {

        private final String name;
        private final List<ReadRule> rules = new ArrayList<>();
        private final List<String> extraFields = new ArrayList<>();
        private final Map<String, Settings> overrides;
        private final Settings settings;

        private Rules(String name, Settings settings) {
            this.name = requireNonNull(name, "name");
            this.settings = requireNonNull(settings, "settings");
            this.overrides = new LinkedHashMap<>(settings.sections());
        }

        /**
         * Adds a rule whose value may be missing.
         *
         * @param <V> the kind of value
         * @param canonical the canonical field, such as {@code billingAddress.city}
         * @param from the wire field, or its path
         * @param conversion how its text becomes a value
         * @return the rule, for the assembly
         */
        public <V> Field<V> field(String canonical, String from, Conversion<V> conversion) {
            return add(canonical, from, conversion, false);
        }

        /**
         * Adds a rule whose value must be there.
         *
         * @param <V> the kind of value
         * @param canonical the canonical field
         * @param from the wire field, or its path
         * @param conversion how its text becomes a value
         * @return the rule, for the assembly
         */
        public <V> Field<V> required(String canonical, String from, Conversion<V> conversion) {
            return add(canonical, from, conversion, true);
        }

        /**
         * Has a wire field read that no rule uses, such as a version.
         *
         * @param path the wire field
         * @return these rules
         */
        public Rules<T> alsoRead(String path) {
            extraFields.add(path);
            return this;
        }

        /**
         * Closes the rules.
         *
         * @param assembly builds a record from converted values; an {@link IllegalArgumentException} becomes a fault of
         *     the row
         * @return the mapping
         */
        public RecordMapping<T> build(Function<Values, T> assembly) {
            new LinkedHashMap<>(overrides).forEach((canonical, override) -> {
                if (canonical.startsWith(ATTRIBUTES)) {
                    add(canonical, override.text("from"), Conversions.id(), false);
                } else {
                    settings.fault(
                            canonical,
                            "is no field of the mapping " + name + "; known: "
                                    + String.join(
                                            ", ",
                                            rules.stream().map(ReadRule::name).toList())
                                    + ", attributes.<any name>");
                }
            });
            return new RecordMapping<>(name, List.copyOf(rules), List.copyOf(extraFields), assembly);
        }

        private <V> Field<V> add(String canonical, String from, Conversion<V> conversion, boolean required) {
            if (rules.stream().anyMatch(rule -> rule.name().equals(canonical))) {
                throw new ConfigurationException("the mapping " + name + " has two rules for " + canonical);
            }
            Settings override = overrides.remove(canonical);
            rules.add(ReadRule.of(canonical, from, conversion, required, override));
            return new Field<>(canonical, rules.size() - 1);
        }
    }
}
