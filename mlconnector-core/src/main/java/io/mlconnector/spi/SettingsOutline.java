package io.mlconnector.spi;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which settings a reader asks for, with their kinds, ranges and defaults. It is found by letting the reader read settings that are
 * not there: once as they stand by default, then once for each other constant of a choice, value of a flag and presence of what is
 * asked for with {@link Settings#has}, so that settings which only count beside others are found too. What an editor completes and
 * the documentation lists is thereby what the reader accepts.
 *
 * @param settings the settings by name, in the order of reading
 * @param others what stands below any other name; null if other names are refused
 * @param open whether other names are allowed whatever they hold
 */
public record SettingsOutline(
        List<Setting> settings, @Nullable SettingsOutline others, boolean open) {

    /** What a setting takes. */
    public enum Kind {
        /** A text. */
        TEXT,
        /** A text that is never shown. */
        SECRET,
        /** A secret or a list of them. */
        SECRETS,
        /** An absolute http or https address. */
        ADDRESS,
        /** A whole number. */
        NUMBER,
        /** True or false. */
        FLAG,
        /** A duration in ISO 8601 form. */
        DURATION,
        /** One of a few words. */
        CHOICE,
        /** A text or a list of texts. */
        TEXTS,
        /** Texts by free names. */
        TABLE,
        /** Settings below a name. */
        SECTION
    }

    /**
     * One setting.
     *
     * @param name its name
     * @param kind what it takes
     * @param required whether it must be given, while all others have their defaults
     * @param otherwise its default as written in a configuration; null if it has none
     * @param lowest the lowest number, for {@link Kind#NUMBER}
     * @param highest the highest number, for {@link Kind#NUMBER}
     * @param allowed the words, for {@link Kind#CHOICE}
     * @param below what stands below it, for {@link Kind#SECTION}
     */
    public record Setting(
            String name,
            Kind kind,
            boolean required,
            @Nullable String otherwise,
            int lowest,
            int highest,
            List<String> allowed,
            @Nullable SettingsOutline below) {}

    /** Copies the list. */
    public SettingsOutline {
        settings = List.copyOf(settings);
    }

    /**
     * Finds what a reader asks for.
     *
     * @param reader reads settings and calls {@link Settings#check()} before it does anything else; the call ends the reading. It is
     *     called many times
     * @return the settings
     */
    public static SettingsOutline of(Consumer<Settings> reader) {
        return Outliner.outline(reader);
    }
}
