package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The set or sets that one role is read from, as configured.
 *
 * @param role what they are used for
 * @param paths where they are; more than one where records move from set to set, such as vouchers from hold to ledger
 * @param keys the columns of the key, in their order
 * @param modifiedField the column that tells when a row changed
 * @param filter a further condition in OData's own syntax; empty for none
 * @param paging how changes are paged
 * @param follow for parts of records: whether a change of a part makes its record come again
 * @param mapping what the configuration changes in the mapping
 * @param changes how changed rows are found
 * @param lu the logical unit under which the history log has the rows; empty if not known
 * @param logKeys what the history log calls the columns of the key; empty where the names follow from theirs
 */
record EntitySet(
        Role role,
        List<SetPath> paths,
        List<KeyPart> keys,
        String modifiedField,
        String filter,
        Paging paging,
        boolean follow,
        Settings mapping,
        Changes changes,
        String lu,
        List<String> logKeys) {

    /** How changes are paged. */
    enum Paging {
        /** By the values of the last row, which loses nothing. */
        KEYSET,
        /** By position, for sets that have no usable order. */
        SKIP
    }

    static final String COMPANY = "Company";

    static final String LU_NEEDED = "is missing: the logical unit under which the history log has the rows";

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");

    static EntitySet read(Role role, Preset preset, Settings settings, Changes usual, CodeParts codeParts) {
        String modified = settings.text("modifiedField", Role.modifiedField(preset));
        if (!COLUMN.matcher(modified).matches()) {
            settings.fault("modifiedField", "must be a column: '" + modified + "'");
            modified = Role.modifiedField(preset);
        }
        List<SetPath> paths = parsed(
                settings, "path", SetPath::new, List.of(new SetPath(codeParts.renamed(role, role.path(preset)))));
        if (role.isPart() && paths.size() > 1) {
            settings.fault("path", "must be a single path for " + role.title() + ": " + paths);
        }
        EntitySet set = new EntitySet(
                role,
                paths,
                parsed(
                        settings,
                        "keys",
                        KeyPart::parse,
                        role.keys(preset).stream()
                                .map(key -> new KeyPart(codeParts.renamed(role, key.name()), key.type()))
                                .toList()),
                modified,
                settings.text("filter", ""),
                settings.choice("paging", Paging.KEYSET),
                role.isFollowable() && settings.flag("follow", true),
                settings.section("mapping"),
                settings.choice("changes", usual),
                settings.text("lu", role.logicalUnit()),
                settings.texts("logKeys"));
        set.noteFaults(settings);
        return set;
    }

    private void noteFaults(Settings settings) {
        if (changes != Changes.MODIFIED && paging == Paging.SKIP) {
            settings.fault("paging", "must be keyset, because skip goes with changes by modifiedField only");
        }
        if (changes == Changes.HISTORY && lu.isEmpty() && settings.has("changes")) {
            settings.fault("lu", LU_NEEDED);
        }
        if (!logKeys.isEmpty() && logKeys.size() != keys.size()) {
            settings.fault("logKeys", "must name as many columns as keys " + keyNames() + ": " + logKeys);
        }
    }

    private static <T> List<T> parsed(Settings settings, String name, Function<String, T> parser, List<T> otherwise) {
        var parsed = new ArrayList<T>();
        for (String text : settings.texts(name)) {
            try {
                parsed.add(parser.apply(text));
            } catch (IllegalArgumentException e) {
                settings.fault(name, String.valueOf(e.getMessage()));
            }
        }
        return parsed.isEmpty() ? otherwise : List.copyOf(parsed);
    }

    List<String> keyNames() {
        return keys.stream().map(KeyPart::name).toList();
    }

    /** What the history log calls the columns of the key. */
    List<String> loggedKeys() {
        return logKeys.isEmpty()
                ? keyNames().stream().map(KeyReference::databaseName).toList()
                : logKeys;
    }

    boolean isCompanyKeyed() {
        return keyNames().contains(COMPANY);
    }
}
