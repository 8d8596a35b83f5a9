package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.util.EnumMap;
import java.util.Map;

/** The sets of all roles of a preset, as configured. */
final class IfsEntities {

    private final Map<Role, EntitySet> sets;

    private IfsEntities(Map<Role, EntitySet> sets) {
        this.sets = sets;
    }

    static IfsEntities read(Settings settings, Preset preset) {
        var sets = new EnumMap<Role, EntitySet>(Role.class);
        for (Role role : Role.values()) {
            if (role.isIn(preset)) {
                sets.put(role, EntitySet.read(role, preset, settings.section(role.title())));
            }
        }
        return new IfsEntities(sets);
    }

    EntitySet of(Role role) {
        EntitySet set = sets.get(role);
        if (set == null) {
            throw new IllegalStateException("the preset has no " + role.title());
        }
        return set;
    }
}
