package io.mlconnector.stripe;

import io.mlconnector.model.RecordKey;

/** Texts at the lengths that Stripe takes. */
final class Texts {

    private static final int LONGEST_METADATA = 500;

    private Texts() {}

    /** Returns the text, cut with an ellipsis where it is too long. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    static String metadata(String value) {
        return cut(value, LONGEST_METADATA);
    }

    /** Returns the metadata value that finds a record again: the whole key, or its beginning and its hash. */
    static String key(RecordKey key) {
        String text = key.toString();
        return text.length() <= LONGEST_METADATA ? text : text.substring(0, 400) + "#" + Attempt.hash(text);
    }
}
