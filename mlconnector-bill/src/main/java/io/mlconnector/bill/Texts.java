package io.mlconnector.bill;

import org.jspecify.annotations.Nullable;

/** Texts as BILL takes them. */
final class Texts {

    private Texts() {}

    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Returns the text; an empty or missing one is null, and one that is too long a fault. */
    static @Nullable String atMost(int longest, @Nullable String text) {
        String given = orNull(text);
        if (given != null && given.length() > longest) {
            throw new IllegalArgumentException(
                    "must have at most " + longest + " characters and has " + given.length() + ": '" + given + "'");
        }
        return given;
    }

    /** Returns the text, cut with an ellipsis where it is too long. */
    static String cut(int longest, String text) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
