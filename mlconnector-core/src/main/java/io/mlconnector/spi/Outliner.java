package io.mlconnector.spi;

import io.mlconnector.spi.SettingsOutline.Kind;
import io.mlconnector.spi.SettingsOutline.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a reader of settings read again and again, a turn taken another way each time, and keeps what it asks for. */
final class Outliner {

    private final Map<String, Object> turns;
    private final Set<String> met;
    private final List<Map<String, Object>> further = new ArrayList<>();
    private final boolean usual;

    private Outliner(Map<String, Object> turns, Set<String> met) {
        this.turns = turns;
        this.met = met;
        this.usual = turns.isEmpty();
    }

    static SettingsOutline outline(Consumer<Settings> reader) {
        var root = new Level();
        var met = new HashSet<String>();
        var open = new ArrayDeque<Map<String, Object>>(List.of(Map.of()));
        for (Map<String, Object> turns = open.poll(); turns != null; turns = open.poll()) {
            var outliner = new Outliner(turns, met);
            try {
                reader.accept(Settings.outlined(new Place(outliner, root)));
            } catch (RuntimeException e) {
                if (turns.isEmpty() && !(e instanceof Outlined)) {
                    throw e; // another turn may lead to settings that do not go together
                }
            }
            open.addAll(outliner.further);
        }
        return root.outline();
    }

    /** Ends the reading where settings are checked. */
    static final class Outlined extends ConfigurationException {

        private static final long serialVersionUID = 1;

        Outlined() {
            super("these settings are only outlined");
        }
    }

    /** Where in the settings a reader is. */
    record Place(Outliner outliner, Level level) {

        void note(String name, Kind kind, boolean required, @Nullable Object otherwise) {
            note(name, kind, required, otherwise, 0, 0, List.of());
        }

        void note(
                String name,
                Kind kind,
                boolean required,
                @Nullable Object otherwise,
                int lowest,
                int highest,
                List<String> allowed) {
            level.settings.putIfAbsent(
                    name,
                    new Setting(
                            name,
                            kind,
                            required && outliner.usual,
                            otherwise == null ? null : otherwise.toString(),
                            lowest,
                            highest,
                            allowed,
                            null));
        }

        /** Returns which way to take: the usual one, unless it is the turn of another. */
        @SuppressWarnings("unchecked") // a turn is one of the ways of its place
        <T> T turn(String path, T usual, List<T> ways) {
            Object turn = outliner.turns.get(path);
            if (turn == null && outliner.met.add(path)) {
                for (T way : ways) {
                    if (!way.equals(usual)) {
                        var turns = new LinkedHashMap<>(outliner.turns);
                        turns.put(path, way);
                        outliner.further.add(turns);
                    }
                }
            }
            return turn == null ? usual : (T) turn;
        }

        Place below(String name) {
            note(name, Kind.SECTION, false, null);
            return new Place(outliner, level.below.computeIfAbsent(name, key -> new Level()));
        }

        Place others() {
            Level others = level.others;
            if (others == null) {
                others = new Level();
                level.others = others;
            }
            return new Place(outliner, others);
        }

        void open() {
            level.open = true;
        }
    }

    /** The settings side by side at one place. */
    static final class Level {

        private final Map<String, Setting> settings = new LinkedHashMap<>();
        private final Map<String, Level> below = new LinkedHashMap<>();
        private @Nullable Level others;
        private boolean open;

        SettingsOutline outline() {
            List<Setting> all = settings.values().stream()
                    .map(setting -> {
                        Level level = below.get(setting.name());
                        return level == null
                                ? setting
                                : new Setting(
                                        setting.name(),
                                        Kind.SECTION,
                                        setting.required(),
                                        null,
                                        0,
                                        0,
                                        List.of(),
                                        level.outline());
                    })
                    .toList();
            return new SettingsOutline(all, others == null ? null : others.outline(), open);
        }
    }
}
