package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a row are its key and its stamp.
 *
 * @param layout what is read of a row
 * @param keys the columns of the key
 * @param modifiedField the column of the stamp; empty if there is none
 */
record RowShape(RowLayout layout, List<String> keys, String modifiedField) {

    static final String ETAG = "@odata.etag";

    static RowShape of(EntitySet set, RowLayout layout) {
        boolean stamped = layout.paths().contains(set.modifiedField());
        return new RowShape(layout, set.keyNames(), stamped ? set.modifiedField() : "");
    }

    /** Only what tells that a row changed, which one, and what it points to. */
    static RowShape ofChanges(EntitySet set, List<String> pointer) {
        var columns = new ArrayList<>(set.keyNames());
        columns.addAll(pointer);
        if (set.changes() == Changes.MODIFIED) {
            columns.add(set.modifiedField());
        }
        return of(set, RowLayout.of(columns));
    }

    /** The values of the key; empty if one of them is not there. */
    Optional<List<String>> key(Row row) {
        return texts(row, keys);
    }

    Optional<List<String>> texts(Row row, List<String> columns) {
        var values = new ArrayList<String>(columns.size());
        for (String column : columns) {
            int slot = layout.slot(column);
            String text = row.text(slot);
            if (text == null || text.isEmpty()) {
                return Optional.empty();
            }
            values.add(text);
        }
        return Optional.of(values);
    }

    @Nullable Instant stamp(Row row) {
        String text = modifiedField.isEmpty() ? null : row.text(layout.slot(modifiedField));
        if (text == null) {
            return null;
        }
        try {
            return Conversions.instantOf(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Nullable String version(Row row) {
        return layout.paths().contains(ETAG) ? row.text(layout.slot(ETAG)) : null;
    }

    /** The id of the record, or one made from its content where the key cannot be read. */
    String id(Row row) {
        return key(row).map(RecordIds::join).orElseGet(() -> "unreadable-" + digest(row.raw()));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
