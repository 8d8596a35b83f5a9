package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Attributes;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns wire rows into canonical records by named rules: {@code canonical field <- wire field, conversion}. Compiled
 * once, immutable and safe for threads.
 *
 * @param <T> what a row becomes
 */
public final class RecordMapping<T> {

    private static final String ATTRIBUTES = "attributes.";
    private static final int ALWAYS = -1;

    private final String name;
    private final List<ReadRule> rules;
    private final RowLayout layout;
    private final ReadStep[] steps;

    /** The slot of each step that makes nothing of an absent field; {@link #ALWAYS} for steps that must look. */
    private final int[] optionalSlots;

    private final int[] slots;
    private final int[] attributeSteps;
    private final Attributes.Names attributeNames;
    private final int[] attributeSlots;
    private final Function<Values, T> assembly;
    private final Lineage lineage;

    private RecordMapping(
            String name,
            List<ReadRule> rules,
            Map<String, RecordMapping<?>> lists,
            List<String> extraFields,
            Function<Values, T> assembly) {
        this.name = name;
        this.rules = rules;
        this.assembly = assembly;
        var layouts = new LinkedHashMap<String, RowLayout>();
        rules.stream()
                .filter(rule -> lists.containsKey(rule.name()))
                .forEach(rule -> layouts.put(rule.from(), requireNonNull(lists.get(rule.name())).layout));
        this.layout = RowLayout.of(
                Stream.concat(rules.stream().map(ReadRule::from), extraFields.stream())
                        .toList(),
                layouts,
                rules.stream()
                        .filter(ReadRule::readsDecimal)
                        .map(ReadRule::from)
                        .collect(Collectors.toSet()));
        this.steps =
                rules.stream().map(rule -> step(rule, lists.get(rule.name()))).toArray(ReadStep[]::new);
        this.slots = rules.stream().mapToInt(rule -> layout.slot(rule.from())).toArray();
        this.optionalSlots = rules.stream()
                .mapToInt(rule -> rule.needsValue() ? ALWAYS : layout.slot(rule.from()))
                .toArray();
        this.attributeSteps = IntStream.range(0, steps.length)
                .filter(i -> rules.get(i).name().startsWith(ATTRIBUTES))
                .toArray();
        this.attributeNames = Attributes.Names.of(IntStream.of(attributeSteps)
                .mapToObj(i -> rules.get(i).name().substring(ATTRIBUTES.length()))
                .toList());
        this.attributeSlots = IntStream.of(attributeSteps)
                .map(i -> layout.slot(rules.get(i).from()))
                .toArray();
        var texts = new TreeMap<String, String>();
        rules.forEach(rule -> texts.put(rule.name(), rule.text()));
        lists.forEach((field, nested) ->
                nested.rules.forEach(rule -> texts.put(field + "." + rule.name(), field + "." + rule.text())));
        this.lineage = Lineages.of(name, texts);
    }

    private ReadStep step(ReadRule rule, @Nullable RecordMapping<?> list) {
        int slot = layout.slot(rule.from());
        return list == null ? rule.step(slot) : new ReadStep.Nested(rule, slot, list);
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
        return map(row, null);
    }

    /**
     * Returns a mapper for many rows, which is quicker where fields repeat from row to row.
     *
     * @return a mapper for one thread
     */
    public RowMapper<T> mapper() {
        return new RowMapper<>(this, steps, slots);
    }

    T map(Row row, @Nullable RowMapper<T> mapper) {
        if (row.fault() != null) {
            throw new MappingException(row.fault());
        }
        var values = new @Nullable Object[steps.length];
        List<String> faults = List.of();
        for (int i = 0; i < values.length; i++) {
            if (optionalSlots[i] != ALWAYS && row.isAbsent(optionalSlots[i])) {
                continue;
            }
            try {
                values[i] = mapper == null ? steps[i].read(row) : mapper.read(i, row);
            } catch (MappingException fault) {
                faults = faults.isEmpty() ? new ArrayList<>() : faults;
                faults.addAll(fault.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new MappingException(faults);
        }
        try {
            return assembly.apply(
                    new Values(values, attributeSteps.length == 0 ? Attributes.EMPTY : attributes(row, values)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MappingException(String.valueOf(e.getMessage()));
        }
    }

    private Attributes attributes(Row row, @Nullable Object[] values) {
        var texts = new @Nullable String[attributeSteps.length];
        for (int i = 0; i < texts.length; i++) {
            Object value = values[attributeSteps[i]];
            if (value instanceof Instant instant) {
                texts[i] = Lexemes.text(instant, row.text(attributeSlots[i]));
            } else if (value != null) {
                texts[i] = value.toString();
            }
        }
        return attributeNames.with(texts);
    }

    /**
     * Returns the rules as a Markdown table.
     *
     * @return a header and a line per rule
     */
    public String describe() {
        var text = new StringBuilder("| canonical field | wire field | conversion |\n| --- | --- | --- |\n");
        describe(text, "", "");
        return text.toString();
    }

    private void describe(StringBuilder text, String fieldPrefix, String wirePrefix) {
        for (int i = 0; i < steps.length; i++) {
            ReadRule rule = rules.get(i);
            String field = fieldPrefix + rule.name();
            String wire = wirePrefix + rule.from();
            text.append("| `").append(field).append("` | `").append(wire).append("` | ");
            text.append(rule.remark()).append(" |\n");
            if (steps[i] instanceof ReadStep.Nested nested) {
                nested.mapping().describe(text, field + ".", wire + "/");
            }
        }
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
        private final Map<String, RecordMapping<?>> lists = new LinkedHashMap<>();
        private final List<String> extraFields = new ArrayList<>();
        private final Settings settings;

        private Rules(String name, Settings settings) {
            this.name = requireNonNull(name, "name");
            this.settings = requireNonNull(settings, "settings");
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
         * Adds a rule for a list whose rows have a mapping of their own, such as the lines of a document. The value may be
         * missing.
         *
         * @param <L> what a row of the list becomes
         * @param canonical the canonical field, such as {@code lines}
         * @param from the wire field of the list, or its path
         * @param mapping the rules of a row
         * @return the rule, for the assembly
         */
        public <L> Field<List<L>> list(String canonical, String from, RecordMapping<L> mapping) {
            lists.put(canonical, requireNonNull(mapping, "mapping"));
            return add(canonical, from, Conversions.list(), false);
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
            Set<String> unknown = settings.names();
            rules.forEach(rule -> unknown.remove(rule.name()));
            unknown.forEach(canonical -> {
                if (canonical.startsWith(ATTRIBUTES)) {
                    add(canonical, settings.section(canonical).text("from"), Conversions.id(), false);
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
            return new RecordMapping<>(name, List.copyOf(rules), lists, List.copyOf(extraFields), assembly);
        }

        private <V> Field<V> add(String canonical, String from, Conversion<V> conversion, boolean required) {
            if (rules.stream().anyMatch(rule -> rule.name().equals(canonical))) {
                throw new ConfigurationException("the mapping " + name + " has two rules for " + canonical);
            }
            Settings override = settings.has(canonical) ? settings.section(canonical) : null;
            rules.add(ReadRule.of(canonical, from, conversion, required, override));
            return new Field<>(canonical, rules.size() - 1);
        }
    }
}
