package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.util.EnumMap;
import java.util.Map;

/** The sets of all roles of a preset, as configured. */
final class IfsEntities {

    private final Map<Role, EntitySet> sets;

    private final HistorySettings history;
    private final CodeParts codeParts;

    private IfsEntities(Map<Role, EntitySet> sets, HistorySettings history, CodeParts codeParts) {
        this.sets = sets;
        this.history = history;
        this.codeParts = codeParts;
    }

    /** The sets of a connection, out of its settings. */
    static IfsEntities read(Settings connection, Preset preset) {
        Changes usual = connection.choice("changes", Changes.MODIFIED);
        CodeParts codeParts = CodeParts.read(connection);
        Settings settings = connection.section("entities");
        var sets = new EnumMap<Role, EntitySet>(Role.class);
        for (Role role : Role.values()) {
            if (role.isIn(preset)) {
                sets.put(role, EntitySet.read(role, preset, settings.section(role.title()), usual, codeParts));
            }
        }
        return new IfsEntities(sets, HistorySettings.read(connection.section("history")), codeParts);
    }

    HistorySettings history() {
        return history;
    }

    CodeParts codeParts() {
        return codeParts;
    }

    EntitySet of(Role role) {
        EntitySet set = sets.get(role);
        if (set == null) {
            throw new IllegalStateException("the preset has no " + role.title());
        }
        return set;
    }
}
