package io.mlconnector.mapping;

/**
 * Turns the text of a wire field into a value. Immutable and safe for threads. The same text always becomes the same value,
 * which nobody changes: it is handed out again where a text repeats.
 *
 * @param <V> the kind of value
 */
public interface Conversion<V> {

    /**
     * Returns how the printed mapping table names it.
     *
     * @return a word or two
     */
    String name();

    /**
     * Returns the value of a field that is there and not null.
     *
     * @param text the text of the field
     * @param kind {@link Row.Kind#TEXT}, {@link Row.Kind#NUMBER} or {@link Row.Kind#FLAG}
     * @return the value
     * @throws IllegalArgumentException if the text breaks the rule; the message states the rule without the value
     */
    V convert(String text, Row.Kind kind);
}
