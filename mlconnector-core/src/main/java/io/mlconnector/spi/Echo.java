package io.mlconnector.spi;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A write of ours on a two-way flow that has not been read back yet.
 *
 * @param fields names of the fields that were written
 * @param version the version that the write left, such as an ETag: what is read under it is our write, also where the system
 *     has changed what it was sent; null if none is known
 */
public record Echo(SortedSet<String> fields, @Nullable String version) {

    /** Copies the names. */
    public Echo {
        fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
    }

    /**
     * Returns an echo.
     *
     * @param fields names of the fields that were written
     * @param version the version that the write left; null if none is known
     * @return the echo
     */
    public static Echo of(Set<String> fields, @Nullable String version) {
        return new Echo(new TreeSet<>(fields), version);
    }

    /**
     * Returns a compact text form for stores.
     *
     * @return the text that {@link #parse} reads
     */
    public String format() {
        return String.join(",", fields) + (version == null ? "" : " " + version);
    }

    /**
     * Returns the echo that {@link #format} wrote.
     *
     * @param text the text
     * @return the echo
     */
    public static Echo parse(String text) {
        int blank = text.indexOf(' ');
        String names = blank < 0 ? text : text.substring(0, blank);
        return of(
                names.isEmpty() ? Set.of() : Set.of(names.split(",", -1)),
                blank < 0 ? null : text.substring(blank + 1));
    }
}
