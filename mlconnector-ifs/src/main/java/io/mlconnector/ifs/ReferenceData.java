package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.MappingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts, cost centres, periods and the like, as invoices and vouchers refer to them. What is found is believed for a while;
 * what is missing is asked for each time, so that a repair is seen at once. Safe for threads.
 */
final class ReferenceData {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceData.class);
    private static final int MOST_PERIODS = 100;

    private final ODataClient client;
    private final MetadataCache metadata;
    private final IfsEntities entities;
    private final Map<Role, RecordMapping<Reference>> mappings;
    private final IfsSettings settings;
    private final Duration believed;
    private final InstantSource clock;
    private final Map<Asked, Known> known = new ConcurrentHashMap<>();
    private final Set<Role> outOfReach = ConcurrentHashMap.newKeySet();

    private record Asked(Role role, String company, String code) {}

    private record Known(List<Reference> found, Instant until) {}

    /**
     * @param believed how long what was found is believed
     */
    ReferenceData(
            ODataClient client,
            MetadataCache metadata,
            IfsEntities entities,
            Map<Role, RecordMapping<Reference>> mappings,
            IfsSettings settings,
            Duration believed,
            InstantSource clock) {
        this.client = client;
        this.metadata = metadata;
        this.entities = entities;
        this.mappings = mappings;
        this.settings = settings;
        this.believed = believed;
        this.clock = clock;
    }

    /** Those of the codes that are there. */
    Map<String, Reference> find(Role role, String company, Collection<String> codes) {
        var found = new LinkedHashMap<String, Reference>();
        var missing = new LinkedHashSet<String>();
        for (String code : new LinkedHashSet<>(codes)) {
            Known before = known.get(new Asked(role, company, code));
            if (before != null && clock.instant().isBefore(before.until())) {
                found.put(code, before.found().get(0));
            } else {
                missing.add(code);
            }
        }
        if (!missing.isEmpty()) {
            read(role, company, missing).forEach((code, reference) -> {
                found.put(code, reference);
                remember(new Asked(role, company, code), List.of(reference));
            });
        }
        return found;
    }

    /** The same, or nothing at all where the set cannot be reached, which is said once. */
    Map<String, Reference> findIfReachable(Role role, String company, Collection<String> codes) {
        if (outOfReach.contains(role)) {
            return Map.of();
        }
        try {
            return find(role, company, codes);
        } catch (ConfigurationException e) {
            if (outOfReach.add(role)) {
                LOG.warn("{} are not compared: {}", role.title(), e.getMessage());
            }
            return Map.of();
        }
    }

    /** The periods of a company that contain a day. */
    List<Reference> periods(String company, LocalDate day) {
        var asked = new Asked(Role.PERIODS, company, day.toString());
        Known before = known.get(asked);
        if (before != null && clock.instant().isBefore(before.until())) {
            return before.found();
        }
        RecordMapping<Reference> mapping = mapping(Role.PERIODS);
        SetReader reader = reader(Role.PERIODS, mapping.layout(), company);
        List<String> conditions = List.of("DateFrom le " + day, "DateUntil ge " + day);
        List<Reference> periods = reader.rows(conditions, reader.entity().keyNames(), MOST_PERIODS, 0).stream()
                .map(row -> mapped(Role.PERIODS, mapping, row))
                .toList();
        return periods;
    }

    void rememberPeriods(String company, LocalDate day, List<Reference> periods) {
        remember(new Asked(Role.PERIODS, company, day.toString()), periods);
    }

    private void remember(Asked asked, List<Reference> found) {
        known.put(asked, new Known(found, clock.instant().plus(believed)));
    }

    private Map<String, Reference> read(Role role, String company, Set<String> codes) {
        boolean keyOnly = role == Role.SUPPLIERS;
        EntitySet set = entities.of(role);
        RowLayout layout =
                keyOnly ? RowLayout.of(set.keyNames()) : mapping(role).layout();
        SetReader reader = reader(role, layout, company);
        boolean ofCompany = set.keys().size() > 1;
        var keys = new ArrayList<List<String>>();
        codes.forEach(code -> keys.add(ofCompany ? List.of(company, code) : List.of(code)));
        var found = new LinkedHashMap<String, Reference>();
        new BulkReader(reader, set.keys(), settings.pageSize(), settings.parentsPerRequest())
                .read(keys, (wanted, page) -> {
                    for (Row row : page) {
                        Reference reference = keyOnly
                                ? new Reference(reader.shape().id(row), null, null, Map.of())
                                : mapped(role, mapping(role), row);
                        found.put(reference.code(set.keys().size()), reference);
                    }
                    return found.size() >= wanted.size();
                });
        return found;
    }

    private static Reference mapped(Role role, RecordMapping<Reference> mapping, Row row) {
        try {
            return mapping.map(row);
        } catch (MappingException e) {
            throw EndedException.rejected(
                    "a row of " + role.title() + " cannot be read: " + e.getMessage() + ": " + row.raw());
        }
    }

    private RecordMapping<Reference> mapping(Role role) {
        RecordMapping<Reference> mapping = mappings.get(role);
        if (mapping == null) {
            throw new IllegalStateException("no mapping of " + role.title());
        }
        return mapping;
    }

    private SetReader reader(Role role, RowLayout layout, String company) {
        EntitySet set = entities.of(role);
        return new SetReader(client, metadata, set, set.paths().get(0), RowShape.of(set, layout), company);
    }
}
