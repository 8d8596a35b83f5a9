package io.mlconnector.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.LedgerProvider;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.SettingsOutline;
import io.mlconnector.spi.SettingsOutline.Setting;
import io.mlconnector.spi.Sleeper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of a configuration with the adapters and ledgers on the class path. */
final class ConfigurationSchema {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final String STAND_IN = "https://missing.invalid"; // follows from an address that must be given
    private static final String PLACEHOLDER = "\\$\\{[^}]+\\}";
    private static final String RULE_SHAPE = "mapping-rule";
    private static final List<String> RULE = List.of("from", "table", "default");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode shapes = NODES.objectNode();

    private ConfigurationSchema() {}

    static String text() {
        try {
            return JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new ConfigurationSchema().whole())
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode whole() {
        var readers = new TreeMap<String, Consumer<Settings>>();
        var context = new ConnectorContext(
                "outline", InstantSource.system(), Sleeper.REAL, RandomGenerator.getDefault(), CredentialStore.NONE);
        Providers.byName(ConnectorProvider.class, ConnectorProvider::name)
                .forEach((type, provider) -> readers.put(type, settings -> provider.open(settings, context)));
        ObjectNode connection = byType("connection", readers, null);

        readers.clear();
        Map<String, LedgerProvider> ledgers = Providers.byName(LedgerProvider.class, LedgerProvider::name);
        LedgerProvider memory = new MemoryLedgerProvider();
        ledgers.put(memory.name(), memory);
        ledgers.forEach((type, provider) -> readers.put(type, provider::open));
        ObjectNode ledger = byType("ledger", readers, Assembly.USUAL_LEDGER);

        ObjectNode flow =
                object(SettingsOutline.of(settings -> FlowSettings.read("outline", settings, Set.of())), false);
        ObjectNode credentials = object(
                SettingsOutline.of(settings -> CredentialSettings.open(settings, InstantSource.system(), access -> {})),
                false);

        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", DRAFT);
        schema.put("title", "A configuration of ml-connector");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject(Assembly.SCHEMA).put("type", "string");
        properties.set(Assembly.LEDGER, ledger);
        properties.set(Assembly.CREDENTIALS, credentials);
        properties.set(Assembly.CONNECTIONS, named(connection));
        properties.set(Assembly.FLOWS, named(flow));
        properties.set(Assembly.SCHEDULES, schedules());
        properties.set(Assembly.CALENDARS, object(SettingsOutline.of(CalendarSettings::read), false));
        properties.set(Assembly.SCHEDULER, object(SettingsOutline.of(ConfigurationSchema::scheduler), false));
        schema.putArray("required").add(Assembly.CONNECTIONS).add(Assembly.FLOWS);
        schema.put("additionalProperties", false);
        schema.set("$defs", shapes);
        return schema;
    }

    /** A schedule for each flow that has one of its own, or for the rest. */
    private ObjectNode schedules() {
        var reading = new ScheduleSettings(Set.of(), Map.of(), Instant.EPOCH);
        ObjectNode schedules =
                object(SettingsOutline.of(settings -> reading.read(settings, Set.of(), Map.of())), false);
        ObjectNode named = NODES.objectNode();
        named.put("type", "object");
        named.set("additionalProperties", schedules.get("properties").get(ScheduleSettings.ANY));
        return named;
    }

    private static void scheduler(Settings settings) {
        SchedulerSettings unused = SchedulerSettings.read(settings);
        settings.check();
    }

    /** What stands below free names, one at least. */
    private static ObjectNode named(ObjectNode shape) {
        ObjectNode named = NODES.objectNode();
        named.put("type", "object");
        named.put("minProperties", 1);
        named.set("additionalProperties", shape);
        return named;
    }

    /** An object whose {@code type} decides what else it holds. */
    private ObjectNode byType(String what, Map<String, Consumer<Settings>> readers, @Nullable String usual) {
        ObjectNode shape = NODES.objectNode();
        shape.put("type", "object");
        ObjectNode type = shape.putObject("properties").putObject("type");
        readers.keySet().forEach(type.withArray("enum")::add);
        if (usual == null) {
            shape.putArray("required").add("type");
        } else {
            type.put("default", usual);
        }
        var choices = shape.putArray("allOf");
        readers.forEach((name, reader) -> {
            String shapeName = what + "-" + name;
            shapes.set(shapeName, object(SettingsOutline.of(reader), true));
            ObjectNode choice = choices.addObject();
            ObjectNode when = choice.putObject("if");
            when.putObject("properties").putObject("type").put("const", name);
            if (!name.equals(usual)) {
                when.putArray("required").add("type");
            }
            choice.putObject("then").put("$ref", "#/$defs/" + shapeName);
        });
        return shape;
    }

    private ObjectNode object(SettingsOutline outline, boolean typed) {
        ObjectNode object = NODES.objectNode();
        object.put("type", "object");
        ObjectNode properties = object.putObject("properties");
        if (typed) {
            properties.putObject("type");
        }
        for (Setting setting : outline.settings()) {
            properties.set(setting.name(), value(setting));
            if (setting.required()) {
                object.withArray("required").add(setting.name());
            }
        }
        SettingsOutline others = outline.others();
        if (others != null) {
            object.set("additionalProperties", object(others, false));
        } else {
            object.put("additionalProperties", outline.open());
        }
        return object;
    }

    private ObjectNode value(Setting setting) {
        ObjectNode value = NODES.objectNode();
        switch (setting.kind()) {
            case SECTION -> {
                SettingsOutline below = setting.below();
                if (below == null) {
                    return value.put("type", "object");
                }
                ObjectNode object = object(below, false);
                return isRule(below) ? rule(object) : object;
            }
            case TEXT -> types(value, List.of("string", "number", "boolean"));
            case SECRET -> value.put("type", "string").put("writeOnly", true);
            case SECRETS, TEXTS -> {
                types(value, List.of("string", "array"));
                value.putObject("items").put("type", "string");
                if (setting.kind() == SettingsOutline.Kind.SECRETS) {
                    value.put("writeOnly", true);
                }
            }
            case ADDRESS -> value.put("type", "string").put("pattern", "^(https?://|" + PLACEHOLDER + ")");
            case NUMBER -> {
                value.withArray("anyOf")
                        .addObject()
                        .put("type", "integer")
                        .put("minimum", setting.lowest())
                        .put("maximum", setting.highest());
                value.withArray("anyOf")
                        .addObject()
                        .put("type", "string")
                        .put("pattern", "^([0-9]+|" + PLACEHOLDER + ")$");
            }
            case FLAG -> value.put("type", "boolean");
            case DURATION -> value.put("type", "string").put("pattern", "^([Pp]|" + PLACEHOLDER + ")");
            case CHOICE -> {
                setting.allowed().forEach(value.withArray("anyOf").addObject().withArray("enum")::add);
                value.withArray("anyOf").addObject().put("type", "string").put("pattern", "^" + PLACEHOLDER + "$");
            }
            case TABLE -> {
                value.put("type", "object");
                types(value.putObject("additionalProperties"), List.of("string", "number", "boolean"));
            }
        }
        String otherwise = setting.otherwise();
        if (otherwise != null && !otherwise.isEmpty() && !otherwise.startsWith(STAND_IN)) {
            switch (setting.kind()) {
                case NUMBER -> value.put("default", Integer.parseInt(otherwise));
                case FLAG -> value.put("default", Boolean.parseBoolean(otherwise));
                default -> value.put("default", otherwise);
            }
        }
        return value;
    }

    private static boolean isRule(SettingsOutline outline) {
        return outline.settings().stream().map(Setting::name).toList().equals(RULE);
    }

    /** Most of all settings are the rules of mappings, which differ in nothing but the field that they are read from. */
    private ObjectNode rule(ObjectNode object) {
        ObjectNode from = (ObjectNode) object.get("properties").get("from");
        ObjectNode usual = NODES.objectNode().put("$ref", "#/$defs/" + RULE_SHAPE);
        usual.putObject("default").set("from", from.remove("default"));
        shapes.set(RULE_SHAPE, object);
        return usual;
    }

    private static void types(ObjectNode value, List<String> types) {
        types.forEach(value.withArray("type")::add);
    }
}
