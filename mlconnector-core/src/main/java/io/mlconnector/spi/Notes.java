package io.mlconnector.spi;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a source must remember between passes besides its position, such as the files it has read. Notes travel on a
 * page, are committed together with the position after that page, and are handed back through {@link SourceContext}.
 *
 * @param changes names and new texts; a null text removes the note
 */
public record Notes(Map<String, @Nullable String> changes) {

    /** No notes. */
    public static final Notes NONE = new Notes(Map.of());

    /** Copies the map. */
    public Notes {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
    }
}
