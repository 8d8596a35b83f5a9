package io.mlconnector.stampli;

import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of an entity are, which of them are read, and where they go.
 *
 * @param directory where Stampli writes
 * @param pattern which names are read; its groups {@code ts} and {@code seq}, if there are such, give the order
 * @param completeness how a file is known to be whole
 * @param stableFor how far apart two listings must be, for {@link Completeness#STABLE}
 * @param claim how several processes keep from reading one file
 * @param archive where files go that were read; null if they stay
 * @param error where files go that could not be read; null if they stay
 * @param acks where acknowledgements are written; null if there are none
 * @param followLinks whether symbolic links are read
 * @param acceptEmpty whether a file without content is read, and then refused
 * @param mostBytes how large a file may be
 * @param mostUnpacked how large a packed file may become
 */
record FileRules(
        String directory,
        Pattern pattern,
        Completeness completeness,
        Duration stableFor,
        Claim claim,
        @Nullable String archive,
        @Nullable String error,
        @Nullable String acks,
        boolean followLinks,
        boolean acceptEmpty,
        long mostBytes,
        long mostUnpacked) {

    private static final int MEBIBYTE = 1 << 20;

    /**
     * Reads the rules of an entity; what it does not say is taken from the connection.
     *
     * @param entity the settings of the entity
     * @param all the settings of the connection
     * @param title what the default directory and the default names are called
     */
    static FileRules read(Settings entity, Settings all, String title) {
        String directory = path(entity, "directory").orElse("/outbound/" + title);
        return new FileRules(
                directory,
                pattern(entity, title),
                entity.choice("completeness", all.choice("completeness", Completeness.STABLE)),
                entity.duration("stableFor", all.duration("stableFor", Duration.ofSeconds(30))),
                entity.choice("claim", all.choice("claim", Claim.NONE)),
                moved(entity, all, "archive", directory),
                moved(entity, all, "error", directory),
                path(entity, "acks").or(() -> path(all, "acks")).orElse(null),
                entity.flag("followLinks", all.flag("followLinks", false)),
                entity.flag("acceptEmpty", all.flag("acceptEmpty", false)),
                (long) entity.integer("maxFileMiB", all.integer("maxFileMiB", 256, 1, 1 << 20), 1, 1 << 20) * MEBIBYTE,
                (long) entity.integer("maxUnpackedMiB", all.integer("maxUnpackedMiB", 1024, 1, 1 << 20), 1, 1 << 20)
                        * MEBIBYTE);
    }

    /** A directory, or a name below that of the files. */
    private static @Nullable String moved(Settings entity, Settings all, String name, String directory) {
        return entity.optionalText(name)
                .or(() -> all.optionalText(name))
                .map(text -> text.startsWith("/") ? text : directory + "/" + text)
                .map(FileRules::plain)
                .orElse(null);
    }

    private static Optional<String> path(Settings settings, String name) {
        return settings.optionalText(name).map(FileRules::plain);
    }

    private static String plain(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Pattern pattern(Settings entity, String title) {
        String text = entity.text(
                "pattern",
                "(?<entity>" + title
                        + ")_(?<company>[A-Za-z0-9-]+)_(?<ts>\\d{8}T\\d{6}Z)_(?<seq>\\d{6})\\.(?<ext>csv|xml)(\\.gz)?");
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            entity.fault("pattern", "must be a regular expression: " + text + " (" + e.getDescription() + ")");
            return Pattern.compile("");
        }
    }
}
