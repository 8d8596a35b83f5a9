package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.spi.MappingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids of accounts, departments, locations or classes by the codes that an ERP knows. All are read once, again after an hour, and again
 * when a code is not among them. Nothing is ever created here, and nothing picked where two have the same code.
 */
final class Classifications {

    private static final Duration OLD = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final BillApi api;
    private final String resource;
    private final String title;
    private final Map<String, String> given;
    private final Function<JsonNode, Set<String>> codes;
    private final InstantSource clock;
    private Map<String, Set<String>> byCode = Map.of();
    private @Nullable Instant readAt;

    private Classifications(
            BillApi api,
            String resource,
            String title,
            Map<String, String> given,
            Function<JsonNode, Set<String>> codes,
            InstantSource clock) {
        this.api = api;
        this.resource = resource;
        this.title = title;
        this.given = given;
        this.codes = codes;
        this.clock = clock;
    }

    static Classifications accounts(BillApi api, BillSettings.Coding coding, InstantSource clock) {
        return new Classifications(
                api,
                "classifications/chart-of-accounts",
                "GL account",
                coding.accounts(),
                item -> texts(item.path("account").path("number")),
                clock);
    }

    /** Departments, locations and classes have no number: the short name counts, and then the name. */
    static Classifications of(BillApi api, BillSettings.Axis axis, BillSettings.Coding coding, InstantSource clock) {
        String name = axis.spelled();
        String plural = name.endsWith("s") ? name + "es" : name + "s";
        return new Classifications(
                api, "classifications/" + plural, name, coding.values(), Classifications::names, clock);
    }

    private static Set<String> names(JsonNode item) {
        Set<String> shortName = texts(item.path("shortName"));
        return shortName.isEmpty() ? texts(item.path("name")) : shortName;
    }

    private static Set<String> texts(JsonNode value) {
        String text = value.isTextual() ? value.asText().strip() : "";
        return text.isEmpty() ? Set.of() : Set.of(text);
    }

    String resource() {
        return resource;
    }

    /**
     * Returns the id of a code.
     *
     * @throws MappingException if there is none, or if there are several
     */
    synchronized String id(String code) {
        String told = given.get(code);
        if (told != null) {
            return told;
        }
        Instant now = clock.instant();
        if (readAt == null
                || now.isAfter(readAt.plus(OLD))
                || (!byCode.containsKey(code) && now.isAfter(readAt.plus(SHORTEST)))) {
            read(now);
        }
        Set<String> ids = byCode.getOrDefault(code, Set.of());
        if (ids.isEmpty()) {
            throw new MappingException("UNMAPPED " + title + " '" + code + "': none of BILL's " + resource
                    + " in use has it; enter it there, or name its id in the settings under coding");
        }
        if (ids.size() > 1) {
            throw new MappingException("AMBIGUOUS " + title + " '" + code + "': " + ids + " of BILL's " + resource
                    + " have it; name the right id in the settings under coding");
        }
        return ids.iterator().next();
    }

    private void read(Instant now) {
        var found = new HashMap<String, Set<String>>();
        api.each(resource, ListQuery.all(), item -> {
            if (!item.path("archived").asBoolean(false)) {
                codes.apply(item)
                        .forEach(code -> found.computeIfAbsent(code, any -> new TreeSet<>())
                                .add(item.path("id").asText()));
            }
        });
        byCode = found;
        readAt = now;
    }
}
