package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.util.EnumMap;
import java.util.Map;

/** The sets of all roles of a preset, as configured. */
final class IfsEntities {

    private final Map<Role, EntitySet> sets;

    private final HistorySettings history;

    private IfsEntities(Map<Role, EntitySet> sets, HistorySettings history) {
        this.sets = sets;
        this.history = history;
    }

    /** The sets of a connection, out of its settings. */
    static IfsEntities read(Settings connection, Preset preset) {
        Changes usual = connection.choice("changes", Changes.MODIFIED);
        Settings settings = connection.section("entities");
        var sets = new EnumMap<Role, EntitySet>(Role.class);
        for (Role role : Role.values()) {
            if (role.isIn(preset)) {
                sets.put(role, EntitySet.read(role, preset, settings.section(role.title()), usual));
            }
        }
        return new IfsEntities(sets, HistorySettings.read(connection.section("history")));
    }

    HistorySettings history() {
        return history;
    }

    EntitySet of(Role role) {
        EntitySet set = sets.get(role);
        if (set == null) {
            throw new IllegalStateException("the preset has no " + role.title());
        }
        return set;
    }
}
