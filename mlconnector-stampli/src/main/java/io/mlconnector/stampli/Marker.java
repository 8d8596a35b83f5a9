package io.mlconnector.stampli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the marker beside a file promises.
 *
 * @param sha256 of the file; null if it does not say
 * @param rows of the file without its header; -1 if it does not say
 * @param bytes of the file; -1 if it does not say
 */
record Marker(@Nullable String sha256, int rows, long bytes) {

    static final Marker NONE = new Marker(null, -1, -1);

    private static final Pattern PROMISE = Pattern.compile("(?i)\\b(sha256|rows|bytes)\\s*=\\s*([0-9a-f]{1,64})\\b");

    static Marker read(String text) {
        String sha256 = null;
        int rows = -1;
        long bytes = -1;
        Matcher promises = PROMISE.matcher(text);
        while (promises.find()) {
            String value = promises.group(2).toLowerCase(Locale.ROOT);
            switch (promises.group(1).toLowerCase(Locale.ROOT)) {
                case "sha256" -> sha256 = value;
                case "rows" -> rows = number(value).intValue();
                default -> bytes = number(value);
            }
        }
        return new Marker(sha256, rows, bytes);
    }

    private static Long number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return (long) Integer.MAX_VALUE; // no file has that many rows or bytes, so the promise is broken
        }
    }

    /** Returns how a file breaks the promise; null if it keeps it. */
    @Nullable String brokenBy(String name, Spool spool) {
        if (bytes >= 0 && bytes != spool.size()) {
            return name + ": its marker promises " + bytes + " bytes, and it has " + spool.size();
        }
        if (sha256 != null && !sha256.equals(spool.sha256())) {
            return name + ": its marker promises the SHA-256 " + sha256 + ", and it has " + spool.sha256();
        }
        return null;
    }
}
