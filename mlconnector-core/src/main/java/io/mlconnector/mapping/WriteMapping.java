package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns canonical records into parameters of a remote call by named rules: {@code parameter <- canonical field}. An
 * update renders only the rules whose canonical field changed. Immutable and safe for threads.
 *
 * @param <T> the kind of record
 */
public final class WriteMapping<T extends BusinessRecord> {

    private static final String ATTRIBUTES = "attributes";

    private final String name;
    private final List<WriteRule<T>> rules;
    private final List<WriteRule<T>> rulesByPath;
    private final Lineage lineage;

    /** A buffer that nobody uses just now, so that not every body needs its own. */
    private final AtomicReference<@Nullable FormBody> spareForm = new AtomicReference<>();

    private WriteMapping(String name, List<WriteRule<T>> rules) {
        this.name = name;
        this.rules = rules;
        this.rulesByPath = byPath(rules, 0);
        var texts = new TreeMap<String, String>();
        rules.forEach(rule -> texts.merge(rule.field(), rule.text(), (one, other) -> one + "; " + other));
        this.lineage = Lineages.of(name, texts);
    }

    /** Brings rules whose parameters lie in one object together, otherwise in their order. */
    private static <T> List<WriteRule<T>> byPath(List<WriteRule<T>> rules, int depth) {
        var groups = new LinkedHashMap<String, List<WriteRule<T>>>();
        for (WriteRule<T> rule : rules) {
            groups.computeIfAbsent(rule.path().get(depth), name -> new ArrayList<>())
                    .add(rule);
        }
        var ordered = new ArrayList<WriteRule<T>>(rules.size());
        for (List<WriteRule<T>> group : groups.values()) {
            List<WriteRule<T>> leaves = group.stream()
                    .filter(rule -> rule.path().size() == depth + 1)
                    .toList();
            ordered.addAll(leaves);
            List<WriteRule<T>> deeper =
                    group.stream().filter(rule -> !leaves.contains(rule)).toList();
            if (!deeper.isEmpty()) {
                ordered.addAll(byPath(deeper, depth + 1));
            }
        }
        return ordered;
    }

    /**
     * Starts the rules of a mapping.
     *
     * @param <T> the kind of record
     * @param name names the mapping, such as {@code stripe.customers}
     * @param overrides a user's additions: parameter to {@code from}, which is {@code attributes.<name>}
     * @return the rules, still open
     */
    public static <T extends BusinessRecord> Rules<T> named(String name, Settings overrides) {
        return new Rules<>(name, overrides);
    }

    /**
     * Renders the whole record.
     *
     * @param record the record
     * @return parameter to value, in the order of the rules, without those that have no value
     * @throws MappingException naming every parameter whose value breaks its rule
     */
    public Map<String, Object> render(T record) {
        return render(record, null);
    }

    /**
     * Renders what an update must send.
     *
     * @param record the record
     * @param changedFields names of the canonical fields that changed
     * @return parameter to value, in the order of the rules; an empty text where a value is to be taken away
     * @throws MappingException naming every parameter whose value breaks its rule
     */
    public Map<String, Object> renderChanges(T record, Set<String> changedFields) {
        return render(record, requireNonNull(changedFields, "changedFields"));
    }

    private Map<String, Object> render(T record, @Nullable Set<String> changedFields) {
        var parameters = new LinkedHashMap<String, Object>();
        render(
                rules,
                record,
                changedFields,
                (rule, value) -> parameters.put(rule.parameter(), value == null ? "" : value));
        return parameters;
    }

    /**
     * Renders a body of {@code application/x-www-form-urlencoded}, without a map in between. Values that are maps and lists
     * become {@code name[key]} and {@code name[0]}.
     *
     * @param record the record
     * @param changedFields names of the canonical fields that changed, for an update; null for the whole record
     * @return the body; an empty text in it where a value is to be taken away
     * @throws MappingException naming every parameter whose value breaks its rule
     */
    public byte[] form(T record, @Nullable Set<String> changedFields) {
        FormBody kept = spareForm.getAndSet(null);
        FormBody body = kept == null ? new FormBody() : kept;
        try {
            render(rules, record, changedFields, body);
            return body.bytes();
        } finally {
            spareForm.set(body.emptied());
        }
    }

    /**
     * Renders a JSON body, without a map or a tree in between. A parameter such as {@code Address/City} lies in an object.
     *
     * @param record the record
     * @param changedFields names of the canonical fields that changed, for an update; null for the whole record
     * @return the body in UTF-8; null in it where a value is to be taken away
     * @throws MappingException naming every parameter whose value breaks its rule
     */
    public byte[] json(T record, @Nullable Set<String> changedFields) {
        var body = new JsonBody();
        render(rulesByPath, record, changedFields, body);
        return body.bytes();
    }

    private static <T extends BusinessRecord> void render(
            List<WriteRule<T>> rules, T record, @Nullable Set<String> changedFields, Body body) {
        List<String> faults = List.of();
        for (WriteRule<T> rule : rules) {
            if (rule.value() == null || (changedFields != null && !changedFields.contains(rule.field()))) {
                continue;
            }
            try {
                Object value = rule.value().apply(record);
                if (value != null || changedFields != null) {
                    body.put(rule, value);
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                faults = faults.isEmpty() ? new ArrayList<>() : faults;
                faults.add(rule.parameter() + " (" + rule.field() + ") " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new MappingException(faults);
        }
    }

    /**
     * Returns the rules as a Markdown table.
     *
     * @return a header and a line per rule
     */
    public String describe() {
        var text = new StringBuilder("| parameter | canonical field | remark |\n| --- | --- | --- |\n");
        for (WriteRule<T> rule : rules) {
            text.append("| `")
                    .append(rule.parameter())
                    .append("` | `")
                    .append(rule.field())
                    .append("` | ")
                    .append(rule.remark())
                    .append(" |\n");
        }
        return text.toString();
    }

    /**
     * Returns which rules each canonical field feeds.
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
     * @param <T> the kind of record
     */
    public static final class Rules<T extends BusinessRecord> {

        private final String name;
        private final List<WriteRule<T>> rules = new ArrayList<>();
        private final Settings settings;

        private Rules(String name, Settings settings) {
            this.name = requireNonNull(name, "name");
            this.settings = requireNonNull(settings, "settings");
        }

        /**
         * Adds a rule.
         *
         * @param parameter the remote parameter, such as {@code address[city]}
         * @param field the top-level canonical field that it comes from
         * @param value the value out of a record; null if there is none
         * @return these rules
         */
        public Rules<T> rule(String parameter, String field, Function<T, @Nullable Object> value) {
            return rule(parameter, field, "", value);
        }

        /**
         * Adds a rule with a remark for the printed table.
         *
         * @param parameter the remote parameter
         * @param field the top-level canonical field that it comes from
         * @param remark what is done on the way, such as a limit
         * @param value the value out of a record; null if there is none; an {@link IllegalArgumentException} states the
         *     rule that it breaks
         * @return these rules
         */
        public Rules<T> rule(String parameter, String field, String remark, Function<T, @Nullable Object> value) {
            rules.add(WriteRule.of(parameter, field, remark, value));
            return this;
        }

        /**
         * Names parameters that the adapter builds itself, such as the lines of a document, so that they show in the
         * printed table and in the audit. They are not rendered.
         *
         * @param parameter the remote parameters
         * @param field the top-level canonical field that they come from
         * @param remark how they are built
         * @return these rules
         */
        public Rules<T> built(String parameter, String field, String remark) {
            rules.add(WriteRule.of(parameter, field, remark, null));
            return this;
        }

        /**
         * Closes the rules, with those that a user added.
         *
         * @return the mapping
         */
        public WriteMapping<T> build() {
            settings.sections().forEach((parameter, override) -> {
                String from = override.text("from");
                if (!from.startsWith(ATTRIBUTES + ".")) {
                    override.fault("from", "must be attributes.<name>: '" + from + "'");
                    return;
                }
                String attribute = from.substring(ATTRIBUTES.length() + 1);
                rules.removeIf(rule -> rule.parameter().equals(parameter));
                rules.add(WriteRule.of(
                        parameter,
                        ATTRIBUTES,
                        "from the attribute " + attribute,
                        record -> record.attributes().value(attribute).orElse(null)));
            });
            return new WriteMapping<>(name, List.copyOf(rules));
        }
    }
}
